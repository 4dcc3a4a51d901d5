"""Every change to Rasa's own behaviour, each with its reason; a test for each fails on the day that Rasa no longer needs it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import rasa.core.agent
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

VALIDATE_ACTION_RESULT = RemoteAction._validate_action_result  # Rasa's own
RESOLVE_BY_TYPE = Event.resolve_by_type

_understanding = ThreadPoolExecutor(1, thread_name_prefix="understanding")  # one: the components weren't made for several


def change_rasa() -> None:
    """Change Rasa in this process; a second time changes nothing more."""
    RemoteAction._validate_action_result = validate_action_result
    Event.resolve_by_type = staticmethod(resolve_by_type)
    rasa.core.agent.MessageProcessor = ThreadedProcessor
    rasa.core.agent.FailSafeTrackerStore = as_it_is


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa checks its schema, which never changes, with each action, and then each event by the schemas of all 23 types.

    Raises:
        jsonschema.ValidationError: an action returned something else than events and responses.
    """
    return _is_right(result) or VALIDATE_ACTION_RESULT(action, result)  # which tells what is wrong


def _is_right(result: Any) -> bool:
    """Whether a result is what Rasa's schema describes, each event by the schema of its own type."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    if not isinstance(events, list) or not isinstance(responses, list):
        return False
    return all(isinstance(response, dict) for response in responses) and all(map(_is_event, events))


def _is_event(event: Any) -> bool:
    validator = event_validators().get(str(event.get("event"))) if isinstance(event, dict) else None
    return validator is not None and validator.is_valid(event)


@cache
def event_validators() -> dict[str, Validator]:
    """A validator for the events of each type, by its name."""
    schema = RemoteAction.action_response_format_spec()
    event = schema["properties"]["events"]["items"]
    common = {key: value for key, value in event.items() if key != "oneOf"}
    build = validator_for(schema)
    return {own["properties"]["event"]["const"]: build({"allOf": [common, own]}) for own in event["oneOf"]}


@cache
def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Rasa walks through all classes of events for each event of a conversation, with each message."""
    return RESOLVE_BY_TYPE(type_name, default)


def as_it_is(store: TrackerStore) -> TrackerStore:
    """Rasa hides a database that fails: a conversation that can't be read begins anew, one that can't be written is not kept.

    Without its wrapper the message fails: the visitor isn't told what is kept nowhere, but asked to try again.
    """
    return store


class ThreadedProcessor(MessageProcessor):
    """Rasa understands a message on the event loop, where nobody else is served meanwhile: a long one takes a second."""

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What the pipeline makes of a message (see MessageProcessor), worked out in a thread."""
        parse = super().parse_message

        def work() -> dict[str, Any]:
            return asyncio.run(parse(message, tracker, only_output_properties))

        return await asyncio.get_running_loop().run_in_executor(_understanding, work)
