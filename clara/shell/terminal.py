"""How the console's lines stand on a terminal, and where there is none."""

import importlib
import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from clara.shell.words import language_of

BOLD, DIM = "\x1b[1m", "\x1b[2m"
PLAIN = "\x1b[0m"
MOST_COLUMNS = 100  # longer lines are hard to read
LEAST_COLUMNS = 20


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text.

    Attributes:
        text: without line breaks.
        label: what stands before its first line; the others hang beneath its end.
        style: BOLD, DIM or none.
        cut: it gets one line, and loses what doesn't fit.
    """

    text: str
    label: str = ""
    style: str = ""
    cut: bool = False


@dataclass(frozen=True)
class Terminal:
    """Where the person is.

    Attributes:
        language: of the console's own words, and of messages that leave it open: one of LANGUAGES.
        typed: a person types; otherwise questions come from a file or a program, and want replies and nothing else.
        wrapped: lines are as wide as the terminal; otherwise a paragraph is one.
        styled: bold and dim are shown.
    """

    language: str
    typed: bool = False
    wrapped: bool = False
    styled: bool = False

    @classmethod
    def here(cls, environment: Mapping[str, str] = os.environ) -> "Terminal":
        """The terminal that this process has; signs that it can't show or read don't end the conversation."""
        for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=errors)
        with suppress(ImportError):  # some Pythons come without it
            importlib.import_module("readline")  # gives input() its arrow keys; what is typed stays in memory
        shown = sys.stdout.isatty()
        styled = shown and not environment.get("NO_COLOR") and environment.get("TERM", "dumb") != "dumb"
        return cls(language_of(environment), typed=sys.stdin.isatty(), wrapped=shown, styled=styled)

    def say(self, paragraphs: Iterable[Paragraph]) -> None:
        """Print paragraphs."""
        columns = shutil.get_terminal_size().columns  # a window may be resized at any time
        for paragraph in paragraphs:
            for line in self.lines(paragraph, columns):
                print(line, flush=True)

    def lines(self, paragraph: Paragraph, columns: int) -> list[str]:
        """A paragraph as lines; no-break spaces keep what they hold together."""
        whole = f"{paragraph.label}{paragraph.text}"
        lines = [whole]
        columns = max(columns, LEAST_COLUMNS)
        if self.wrapped and paragraph.cut and len(whole) > columns:
            lines = [f"{whole[: columns - 1]}…"]
        elif self.wrapped and not paragraph.cut:
            lines = textwrap.wrap(
                paragraph.text,
                min(columns, MOST_COLUMNS),
                initial_indent=paragraph.label,
                subsequent_indent=" " * len(paragraph.label),
                break_on_hyphens=False,
            ) or [whole]
        if self.styled and paragraph.style:
            lines = [f"{paragraph.style}{line}{PLAIN}" for line in lines]
        return lines
