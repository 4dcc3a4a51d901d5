"""Events on their way to RabbitMQ, where other programs read them."""

import asyncio
import json
import logging
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import islice
from typing import Any

import aio_pika
from aio_pika.abc import AbstractExchange
from pamqp.commands import Basic
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import DEFAULT_QUEUE_NAME, RABBITMQ_EXCHANGE

from clara.settings import read_settings

logger = logging.getLogger(__name__)

MOST = 10_000  # events that wait: a thousand messages
AT_ONCE = 100  # that are sent before the first is confirmed
BROKER_SECONDS = 5.0  # how long RabbitMQ is waited for, in the background
PAUSE = 1.0  # seconds between two attempts


class EventOutbox(EventBroker):
    """Hands every event on to RabbitMQ, in order and until it is confirmed; no visitor waits for that.

    Rasa's own broker writes visitors' words into the log when RabbitMQ is gone, sends what it kept after what came later, and
    keeps whatever comes, without a limit. endpoints.yml names this class.
    """

    def __init__(self, url: str) -> None:
        """Nothing is sent yet.

        Args:
            url: RabbitMQ's address, such as amqp://user:password@host:5672/.
        """
        self._url = url
        self._waiting: deque[aio_pika.Message] = deque()
        self._came = asyncio.Event()
        self._well = True
        self._lost = 0
        self._work: asyncio.Task[None] | None = None

    @classmethod
    async def from_endpoint_config(cls, broker_config: Any = None) -> "EventOutbox | None":  # type: ignore[override]
        """An outbox at work, if BROKER_URL is set; what endpoints.yml says beside the class is nothing."""
        url = read_settings().broker_url
        if not url:
            return None
        outbox = cls(url)
        outbox._work = asyncio.create_task(outbox._deliver())
        return outbox

    def publish(self, event: dict[str, Any]) -> None:
        """Put an event into the outbox; it is lost to RabbitMQ where MOST wait already."""
        if len(self._waiting) >= MOST:
            if not self._lost:
                logger.error("%d events wait for RabbitMQ: those that come now are not sent.", MOST)
            self._lost += 1
            return
        body = json.dumps(event).encode()
        persistent = aio_pika.DeliveryMode.PERSISTENT
        self._waiting.append(aio_pika.Message(body, delivery_mode=persistent, message_id=secrets.token_hex(16)))
        self._came.set()

    async def close(self) -> None:
        """Wait for what is on its way, though not for ever."""
        until = time.monotonic() + BROKER_SECONDS
        while self._waiting and time.monotonic() < until:
            await asyncio.sleep(0.02)
        if self._work:
            self._work.cancel()
            await asyncio.wait({self._work})
        if self._waiting:
            logger.error("The server stops. Events that RabbitMQ hasn't taken: %d", len(self._waiting))

    async def _deliver(self) -> None:
        """Send what comes, until cancelled."""
        while True:
            # Where the connection breaks, some of it comes as CancelledError, though nobody cancels this: gather() collects it.
            (error,) = await asyncio.gather(self._connected(), return_exceptions=True)
            if self._well:
                logger.error("Events wait, for RabbitMQ doesn't take them (%s).", type(error).__name__)
            self._well = False
            await asyncio.sleep(PAUSE)

    async def _connected(self) -> None:
        async with exchange_at(self._url) as exchange:
            while True:
                while not self._waiting:
                    self._came.clear()
                    await self._came.wait()
                await self._send(exchange)

    async def _send(self, exchange: AbstractExchange) -> None:
        """Send the first that wait, which stay where they are until they are confirmed."""
        sending = [exchange.publish(message, "") for message in islice(self._waiting, AT_ONCE)]
        outcomes = await asyncio.wait_for(asyncio.gather(*sending, return_exceptions=True), BROKER_SECONDS)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
            if not isinstance(outcome, Basic.Ack):  # it came back: somebody has deleted the queue
                raise LookupError
            self._waiting.popleft()
        if not self._waiting and (self._lost or not self._well):
            logger.warning("RabbitMQ has taken all events that waited; %d were too many to wait.", self._lost)
            self._well, self._lost = True, 0


@asynccontextmanager
async def exchange_at(url: str) -> AsyncIterator[AbstractExchange]:
    """The exchange of a RabbitMQ, with the queue behind it, both named and made as Rasa's own broker does.

    Raises:
        aio_pika.exceptions.CONNECTION_EXCEPTIONS, asyncio.TimeoutError: it can't be reached or used.
    """
    connection = await aio_pika.connect(url, timeout=BROKER_SECONDS)
    try:
        yield await asyncio.wait_for(_prepare(connection), BROKER_SECONDS)
    finally:
        with suppress(Exception):
            await asyncio.wait_for(connection.close(), BROKER_SECONDS)


async def _prepare(connection: aio_pika.abc.AbstractConnection) -> AbstractExchange:
    channel = await connection.channel()
    exchange = await channel.declare_exchange(RABBITMQ_EXCHANGE, aio_pika.ExchangeType.FANOUT)
    queue = await channel.declare_queue(DEFAULT_QUEUE_NAME, durable=True)
    await queue.bind(exchange, "")
    return exchange
