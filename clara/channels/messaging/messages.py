"""A message that a service delivered, and a reply to it, before it has a service's form."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Incoming:
    """A message that a service delivered.

    Attributes:
        id: the service's own, for telling a repeated delivery.
        who: whose conversation it is: the service's ids of the room and the person, whatever it takes to tell it from others.
        to: what the service needs to know to bring the reply there.
        text: what was written; "" where it was something else, a picture say.
        at: when it was sent, in seconds since 1970; None where the service doesn't say.
        language: the language of the person's interface, where the service says it and we speak it.
        pressed: a button asked it, and the service shows the question to nobody.
        opening: nothing was asked: the person has just come in.
    """

    id: str
    who: tuple[str, ...]
    to: Mapping[str, Any]
    text: str = ""
    at: float | None = None
    language: str | None = None
    pressed: bool = False
    opening: bool = False


@dataclass(frozen=True)
class Outgoing:
    """A reply, before it has a service's form.

    Attributes:
        text: one paragraph.
        source: a line that says where on the page it stands; "" without one.
        suggestions: questions that are offered beside it.
        choose: the line before suggestions that are numbered.
        question: the question that it answers, where nobody can see it otherwise.
    """

    text: str
    source: str = ""
    suggestions: tuple[str, ...] = ()
    choose: str = ""
    question: str = ""

    def lines(self) -> str:
        """Text and source, a line each."""
        return "\n".join(filter(None, (self.text, self.source)))

    def numbered(self) -> str:
        """The suggestions as numbered lines; "" without any."""
        if not self.suggestions:
            return ""
        return "\n".join([self.choose, *(f"{number}. {question}" for number, question in enumerate(self.suggestions, start=1))])

    def plain(self) -> str:
        """Everything as plain text, for where there are no buttons."""
        return "\n\n".join(filter(None, (self.lines(), self.numbered())))

    def parts(self, most: int) -> list["Outgoing"]:
        """The reply as one or more, each of which has at most `most` characters, whatever its form: as a rule one."""
        beside = len(self.plain()) - len(self.text) + len(self.question)
        texts = textwrap.wrap(self.text, max(most - beside, 1), replace_whitespace=False, break_on_hyphens=False)
        texts = texts or [self.text]
        parts = [Outgoing(text) for text in texts[:-1]] + [replace(self, text=texts[-1], question="")]
        parts[0] = replace(parts[0], question=self.question)
        return parts
