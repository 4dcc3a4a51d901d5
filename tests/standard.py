"""The assistant as any Rasa project is run: plain `rasa run` beside `rasa run actions`."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import free_port, running_process, wait_until_ready
from clara.settings import ROOT

RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]


@contextmanager
def standard_server(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Both servers, with ports and a database of their own; gives the address."""
    variables = {"RASA_TELEMETRY_ENABLED": "false", **(environment or {})}
    with tempfile.TemporaryDirectory() as name:
        folder, actions_port, port = Path(name), free_port(), free_port()
        endpoints = (ROOT / "endpoints.yml").read_text()
        assert "127.0.0.1:5055" in endpoints
        endpoints = endpoints.replace("127.0.0.1:5055", f"127.0.0.1:{actions_port}")
        endpoints = endpoints.replace("db: conversations.db", f"db: {folder / 'conversations.db'}")
        (folder / "endpoints.yml").write_text(endpoints)
        actions = [*RASA, "run", "actions", "--port", str(actions_port)]
        server = [*RASA, "run", "-i", "127.0.0.1", "--port", str(port), "--endpoints", str(folder / "endpoints.yml")]
        with (
            running_process(actions, ROOT, variables, folder / "actions.log") as first,
            running_process(server, ROOT, variables, folder / "server.log") as second,
        ):
            wait_until_ready(first, f"http://127.0.0.1:{actions_port}/health", folder / "actions.log")
            wait_until_ready(second, f"http://127.0.0.1:{port}/chat/", folder / "server.log")
            yield f"http://127.0.0.1:{port}"
