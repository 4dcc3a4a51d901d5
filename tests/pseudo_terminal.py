"""A program on a terminal, and a person in front of it."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS = 300.0  # to wait for what must come; a cold start on a slow machine
SEQUENCE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]|\r")


class Terminal:
    """A screen that keeps all that was ever on it, and a keyboard."""

    def __init__(self, process: subprocess.Popen[bytes], side: int) -> None:
        self._process = process
        self._side = side
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.sent = ""

    def next_prompt(self, prompt: str) -> str:
        """All that is sent until the program prompts, escape sequences too; AssertionError where it doesn't."""
        start = len(self.sent)
        deadline = time.monotonic() + SECONDS
        while not seen(self.sent[start:]).endswith(prompt):
            assert self._read(deadline), f"It ended without a prompt:\n{seen(self.sent[start:])}"
        return self.sent[start:]

    def type(self, keys: str) -> None:
        """Press keys; "\\r" is Enter, "\\x03" Ctrl-C, "\\x04" Ctrl-D."""
        os.write(self._side, keys.encode())

    def exit_code(self) -> int:
        """What the program ends with, after it has sent the rest; AssertionError where it doesn't end."""
        deadline = time.monotonic() + SECONDS
        while self._read(deadline):
            pass
        return self._process.wait(SECONDS)

    def _read(self, deadline: float) -> bool:
        """Take what is sent; False where the program has ended, AssertionError where it stays silent until the deadline."""
        watch = select.poll()  # select() knows no more than 1024 files, which all the tests together have open
        watch.register(self._side, select.POLLIN)
        assert watch.poll(1000 * max(0.0, deadline - time.monotonic())), f"Nothing comes any more:\n{seen(self.sent)}"
        try:
            read = os.read(self._side, 65_536)
        except OSError:  # the program has ended
            return False
        self.sent += self._decoder.decode(read)
        return bool(read)


def seen(sent: str) -> str:
    """What can be seen of what was sent."""
    return SEQUENCE.sub("", sent)


def _take_terminal() -> None:
    """Let Ctrl-C reach the program, also where the tests run in the background and were told to ignore it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def on_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int) -> Iterator[Terminal]:
    """Run a program in a folder, on a terminal of so many columns, with variables beside our own; end it afterwards."""
    side, its_side = pty.openpty()
    fcntl.ioctl(its_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TERM": "xterm", **environment},
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(its_side)
    try:
        yield Terminal(process, side)
    finally:
        process.kill()
        process.wait()
        os.close(side)
