"""What every action does: hear what was understood, say a reply."""

from collections.abc import Container
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ACTION_LISTEN_NAME

from clara.answering import Reply, source_line
from clara.answering.reply import BESIDE_THE_THREAD, UNCLEAR
from clara.channels import CHANNELS_THAT_SHOW_SOURCES
from clara.errors import ClaraError
from clara.knowledge import LANGUAGES, Knowledge
from clara.live import knowledge_in_service
from clara.nlu.keys import ASKED, LANGUAGE, THREAD
from clara.settings import read_settings

DEFAULT_LANGUAGE = "en"
TOLD = "told"  # the slot: the topics that were answered, in their order

try:
    _live = knowledge_in_service(read_settings())
except ClaraError as error:
    raise SystemExit(str(error)) from None  # `rasa run actions` would print a stack trace


def knowledge() -> Knowledge:
    """The knowledge in service."""
    return _live.current


def askable() -> set[str]:
    """The ids of all that can be answered or refused."""
    return {*knowledge().topics, *knowledge().refusals}


def language_of(tracker: Tracker) -> str:
    """The language to reply in: the message's, or else the conversation's ("/intent" messages have none)."""
    for language in (tracker.latest_message.get(LANGUAGE), tracker.get_slot("language")):
        if language in LANGUAGES:
            return str(language)
    return DEFAULT_LANGUAGE


def intent_of(tracker: Tracker) -> str:
    """The intent of the latest message; "" where it has none."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def organisations_of(tracker: Tracker) -> list[str]:
    """The ids of the organisations named in the latest message, in their order."""
    entities = tracker.latest_message.get("entities") or []
    ids = (entity.get("value") for entity in entities if entity.get("entity") == "organisation")
    return [id for id in ids if id in knowledge().organisations]


def heard(tracker: Tracker, key: str, among: Container[str]) -> list[str]:
    """The ids that the pipeline noted under a key for the latest message, in its order; only those that exist."""
    return [id for id in tracker.latest_message.get(key) or [] if id in among]


def asked_for(tracker: Tracker, among: Container[str]) -> list[str]:
    """What the latest message asks for: several things, or else its intent; only ids that exist; UNCLEAR where none does."""
    intent = intent_of(tracker)
    return heard(tracker, ASKED, among) or [intent if intent in among else UNCLEAR]


def remembered(tracker: Tracker, slot: str, among: Container[str]) -> list[str]:
    """The ids in a slot, in their order; only those that exist."""
    return [id for id in tracker.get_slot(slot) or [] if id in among]


def say(dispatcher: CollectingDispatcher, tracker: Tracker, reply: Reply) -> list[dict[str, Any]]:
    """Say a reply, with its metadata, and remember its language and the thread: what was spoken of last, and what was told.

    Small talk, a question back and what wasn't understood leave the thread as it was. Channels that show text only get the source
    as a line of its own.
    """
    text = reply.text
    if tracker.get_latest_input_channel() not in CHANNELS_THAT_SHOW_SOURCES:
        text = "\n".join(line for line in (text, source_line(knowledge(), reply)) if line)
    dispatcher.utter_message(text=text, buttons=reply.buttons(), reply=reply.metadata())
    # It is the visitor's turn: Rasa need not ask its rules.
    events = [SlotSet("language", reply.language), FollowupAction(ACTION_LISTEN_NAME)]
    if reply.kind not in BESIDE_THE_THREAD:
        told = [*remembered(tracker, TOLD, knowledge().topics), *(id for id in reply.about if id in knowledge().topics)]
        events += [SlotSet(THREAD, list(reply.about)), SlotSet(TOLD, list(dict.fromkeys(told)))]
    return events
