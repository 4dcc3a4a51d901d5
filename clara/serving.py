"""Serves the assistant over HTTP."""

import logging
import socket
import sqlite3
from contextlib import closing
from functools import partial
from typing import Any

from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic
from threadpoolctl import threadpool_limits

from clara.assistant import endpoints, trained_model
from clara.errors import ClaraError
from clara.logs import configure_logging
from clara.settings import Settings

HOST = "127.0.0.1"


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        ClaraError: the port is taken, or the model is missing, damaged or can't be loaded.
    """
    check_port(settings.port)
    check_database(endpoints(settings))
    model = trained_model(settings)
    configure_logging(logging.WARNING)
    failures: list[str] = []
    with threadpool_limits(1, user_api="blas"):  # a message's sums are small: sharing them out takes longer than doing them
        serve_application(
            model_path=model,
            interface=HOST,
            port=settings.port,
            credentials=str(settings.root / "credentials.yml"),
            endpoints=endpoints(settings),
            enable_api=False,
            server_listeners=[(partial(announce, settings.port, failures), "after_server_start")],
        )
    if failures:
        raise ClaraError(failures[0])


async def announce(port: int, failures: list[str], app: Sanic, _: Any) -> None:
    """Say that the assistant is ready, or stop the server if Rasa could not load the model (it would serve on, in silence)."""
    if app.ctx.agent.is_ready():
        print(f"Ask CLARA is ready: http://{HOST}:{port}/chat/ (Ctrl-C stops it)", flush=True)
    else:
        failures.append("The model can't be loaded: delete it from models/ and run `make train`.")
        app.stop()


def check_port(port: int) -> None:
    """ClaraError where another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise ClaraError(f"Port {port} needs more rights than you have: choose one from 1024: make run PORT=5005") from None
        except OSError:
            raise ClaraError(
                f"Port {port} can't be had: another program uses it. Stop that one, or choose another: make run PORT={port + 1}"
            ) from None


def check_database(parts: AvailableEndpoints) -> None:
    """ClaraError where the SQLite file of the conversations can't be opened or isn't one; Rasa would go on without it."""
    store = parts.tracker_store
    if store is None or store.kwargs.get("dialect") != "sqlite":
        return
    name = store.kwargs["db"]
    try:
        with closing(sqlite3.connect(name)) as database:
            database.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise ClaraError(f"The conversations can't be kept in {name} ({error}): set CONVERSATIONS to another file.") from None
