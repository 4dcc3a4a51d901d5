"""RabbitMQ on this machine, with ports, folder and name of its own; it can be stopped and started again."""

import asyncio
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aio_pika
import psutil
from loudly import skip_loudly

from benchmarks.server import free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one in the PATH wants to be another user
QUEUE = "rasa_core_events"
START_SECONDS = 60.0


@dataclass(frozen=True)
class Delivered:
    """What lay in the queue."""

    id: str
    body: str

    @property
    def event(self):
        return json.loads(self.body)


class RabbitMq:
    """A RabbitMQ server that keeps its queues when it is stopped, and when it is killed."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        (folder / "no.conf").touch()
        self.environment = {
            "HOME": str(folder),  # the cookie stands there
            "ERL_EPMD_PORT": str(free_port()),
            "RABBITMQ_NODENAME": f"ask-clara-{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "no"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "no.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
        }
        # Erlang's register of names: it would share the machine's, or start one that outlives it.
        self.names = subprocess.Popen(["epmd", "-port", self.environment["ERL_EPMD_PORT"], "-address", "127.0.0.1"])
        self.process = None

    def start(self):
        with (self.folder / "output.log").open("ab") as output:
            self.process = subprocess.Popen(
                [str(SERVER)], env={**os.environ, **self.environment}, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                asyncio.run(self._connect())
                return
            except (OSError, aio_pika.exceptions.AMQPError, asyncio.TimeoutError):
                assert time.monotonic() < deadline, (self.folder / "output.log").read_text()
                assert self.process.poll() is None, (self.folder / "output.log").read_text()
                time.sleep(0.2)

    def stop(self):
        self._signal(signal.SIGTERM)
        self.process.wait(START_SECONDS)

    def kill(self):
        self._signal(signal.SIGKILL)
        self.process.wait()

    def freeze(self):
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        """To the server itself: the script that started it waits for its end."""
        (server,) = psutil.Process(self.process.pid).children()
        server.send_signal(number)

    def read(self):
        """What lies in the queue, which is empty afterwards."""
        return asyncio.run(self._take())

    async def _connect(self):
        async with await aio_pika.connect(self.url, timeout=5):
            pass

    async def _take(self):
        async with await aio_pika.connect(self.url, timeout=5) as connection:
            channel = await connection.channel()
            queue, taken = await channel.declare_queue(QUEUE, durable=True), []
            while message := await queue.get(no_ack=True, fail=False):
                taken.append(Delivered(message.message_id, message.body.decode()))
            return taken


@contextmanager
def running_broker() -> Iterator[RabbitMq]:
    if not SERVER.exists():
        skip_loudly("Events to RabbitMQ: install it (Debian: apt-get install rabbitmq-server) and run again.")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        broker = RabbitMq(Path(folder))
        try:
            broker.start()
            yield broker
        finally:
            broker.kill()
            broker.names.kill()
            broker.names.wait()
