"""Stored conversations as turns: what was asked, and what was replied."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, UserUttered

from clara.answering.reply import BESIDE_THE_THREAD

EVENTS = SQLTrackerStore.SQLEvent.__table__
SPOKEN = EVENTS.c.type_name.in_([UserUttered.type_name, BotUttered.type_name])


@dataclass(frozen=True)
class Turn:
    """A message and its reply.

    Attributes:
        conversation: its id.
        message: the message's id.
        at: when it came in, in seconds since 1970.
        text: what was typed; WITHHELD of a private one.
        channel: the name of the channel that it came through.
        intent: what it was taken for.
        kind: the reply's: "answer", "courtesy", "did_you_mean" or a kind of refusal; "" where there was none.
        about: ids of what the reply answers, refuses, returns or offers.
        language: the reply's; "" where there was none.
        after: the id of what had last been spoken of; "" at the beginning.
    """

    conversation: str
    message: str
    at: float
    text: str
    channel: str
    intent: str
    kind: str = ""
    about: tuple[str, ...] = ()
    language: str = ""
    after: str = ""


def turns_of(rows: Iterable[sa.engine.Row]) -> Iterator[Turn]:
    """The turns of events that are SPOKEN.

    Args:
        rows: `sender_id`, `type_name`, `data`, conversation by conversation, each in its order; damaged ones are left out.
    """
    for _, conversation in groupby(rows, key=lambda row: row.sender_id):
        yield from _turns_of_one(conversation)


def _turns_of_one(rows: Iterable[sa.engine.Row]) -> Iterator[Turn]:
    asked: Turn | None = None
    spoken_of = ""
    for row in rows:
        if row.type_name == UserUttered.type_name:
            if asked:
                yield asked
            asked = None
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            event = json.loads(row.data)
            if row.type_name == UserUttered.type_name:
                asked = _asked(row.sender_id, event, spoken_of)
            elif asked:
                yield (turn := _replied(asked, event))
                asked = None
                if turn.about and turn.kind not in BESIDE_THE_THREAD:
                    spoken_of = turn.about[0]
    if asked:
        yield asked


def _asked(conversation: str, event: dict[str, Any], spoken_of: str) -> Turn:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    return Turn(
        conversation=conversation,
        message=str(event.get("message_id") or ""),
        at=float(event["timestamp"]),
        text=str(event.get("text") or ""),
        channel=str(event.get("input_channel") or ""),
        intent=str(intent.get("name") or ""),
        after=spoken_of,
    )


def _replied(asked: Turn, event: dict[str, Any]) -> Turn:
    reply = event["metadata"]["reply"]
    return replace(asked, kind=str(reply["kind"]), about=tuple(reply["topics"]), language=str(reply["language"]))
