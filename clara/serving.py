"""Serves the assistant over HTTP."""

import asyncio
import errno
import logging
import socket
import sqlite3
from contextlib import closing
from functools import partial
from typing import Any

import psycopg2
from aio_pika.exceptions import CONNECTION_EXCEPTIONS, AMQPError
from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints
from redis import Redis
from redis.exceptions import RedisError
from sanic import Sanic
from threadpoolctl import threadpool_limits

from clara.assistant import endpoints, trained_model
from clara.errors import ClaraError
from clara.logs import configure_logging
from clara.settings import Settings
from clara.stores.engine import CONNECT_SECONDS
from clara.stores.outbox import exchange_at


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        ClaraError: the port is taken, the host is no address of this machine, the conversations can't be kept, or the model is
            missing, damaged or can't be loaded.
    """
    check_port(settings.host, settings.port)
    check_stores(settings, endpoints(settings))
    model = trained_model(settings)
    configure_logging(logging.WARNING)
    failures: list[str] = []
    with threadpool_limits(1, user_api="blas"):  # a message's sums are small: sharing them out takes longer than doing them
        serve_application(
            model_path=model,
            interface=settings.host,
            port=settings.port,
            credentials=str(settings.root / "credentials.yml"),
            endpoints=endpoints(settings),
            enable_api=False,
            server_listeners=[(partial(announce, settings.host, settings.port, failures), "after_server_start")],
        )
    if failures:
        raise ClaraError(failures[0])


async def announce(host: str, port: int, failures: list[str], app: Sanic, _: Any) -> None:
    """Say that the assistant is ready, or stop the server if Rasa could not load the model (it would serve on, in silence)."""
    if app.ctx.agent.is_ready():
        print(f"Ask CLARA is ready: http://{f'[{host}]' if ':' in host else host}:{port}/chat/ (Ctrl-C stops it)", flush=True)
    else:
        failures.append("The model can't be loaded: delete it from models/ and run `make train`.")
        app.stop()


def check_port(host: str, port: int) -> None:
    """ClaraError where another program listens on the port, or where the host is no address of this machine."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise ClaraError(f"Port {port} needs more rights than you have: choose one from 1024: make run PORT=5005") from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise ClaraError(f"LISTEN_HOST is {host}, no address of this machine: set one, or leave it out.") from None
            raise ClaraError(
                f"Port {port} can't be had: another program uses it. Stop that one, or choose another: make run PORT={port + 1}"
            ) from None


def check_stores(settings: Settings, parts: AvailableEndpoints) -> None:
    """ClaraError where the conversations can't be kept, or Redis or RabbitMQ can't be used: Rasa would go on without, or wait."""
    if settings.redis_url:
        _check_redis(settings.redis_url)
    if settings.broker_url:
        asyncio.run(_check_broker(settings.broker_url))
    if settings.database_url:
        _check_server(settings.database_url)
    elif parts.tracker_store and parts.tracker_store.kwargs.get("dialect") == "sqlite":
        _check_file(str(settings.conversations or parts.tracker_store.kwargs["db"]))


def _check_file(name: str) -> None:
    try:
        with closing(sqlite3.connect(name)) as database:
            database.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise ClaraError(f"The conversations can't be kept in {name} ({error}): set CONVERSATIONS to another file.") from None


def _check_server(url: str) -> None:
    try:
        psycopg2.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg2.ProgrammingError:  # whose text repeats the address, password and all
        raise ClaraError(
            "DATABASE_URL isn't an address that PostgreSQL can read: percent-encode what stands in its password."
        ) from None
    except psycopg2.Error as error:
        problem = " ".join(str(error).split())
        raise ClaraError(f"The conversations can't be kept in DATABASE_URL ({problem}): start it, or set another.") from None


def _check_redis(url: str) -> None:
    try:
        with closing(Redis.from_url(url)) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        raise ClaraError(f"REDIS_URL can't be used ({error}): start that Redis, or set another.") from None
    except (TypeError, ValueError):  # an option that there isn't
        raise ClaraError(
            "REDIS_URL isn't an address that Redis can read: leave what comes after the question mark out."
        ) from None


async def _check_broker(url: str) -> None:
    try:
        async with exchange_at(url):
            pass
    except (*CONNECTION_EXCEPTIONS, asyncio.TimeoutError) as error:
        problem = str(error) if isinstance(error, AMQPError | OSError) else ""  # the others' texts are for programmers
        raise ClaraError(
            f"BROKER_URL can't be used ({problem or type(error).__name__}): start that RabbitMQ, or set another."
        ) from None
