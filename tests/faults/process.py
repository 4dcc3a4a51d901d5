"""The assistant as a process that is started, killed and started again, on the same port and the same conversations."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import requests

from benchmarks.server import UNLIMITED, free_port, wait_until_ready
from clara.settings import ROOT


class Assistant:
    """Keeps what survives the process: the port, the folder with conversations and log, the environment."""

    def __init__(self, folder, command=(), root=ROOT, **environment):
        self.root = root
        self.folder, self.command = folder, [*command, sys.executable, "-m", "clara", "serve"]
        self.conversations, self.log = folder / "conversations.db", folder / "server.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        known = {"PORT": str(self.port), "SESSION_SECRET": "s" * 40, "HEALTH_SECONDS": "1"}
        self.environment = {**UNLIMITED, **known, "CONVERSATIONS": str(self.conversations), **environment}
        self.process = None

    def start(self):
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=self.root, env={**os.environ, **self.environment}, stdout=output, stderr=subprocess.STDOUT
            )
        wait_until_ready(self.process, f"{self.address}/chat/", self.log)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def healthy(self):
        return requests.get(f"{self.address}/chat/health", timeout=30).status_code == 200

    def wait_for_health(self, wanted, seconds=30.0):
        deadline = time.monotonic() + seconds
        while self.healthy() is not wanted:
            assert time.monotonic() < deadline, f"The health route says {not wanted} after {seconds:g} s."
            time.sleep(0.1)

    def logged(self):
        return self.log.read_text(errors="replace")


@contextmanager
def running(folder, command=(), root=ROOT, **environment):
    assistant = Assistant(folder, command, root, **environment)
    try:
        assistant.start()
        yield assistant
    finally:
        if assistant.process:
            assistant.stop()
