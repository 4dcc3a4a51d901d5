"""Every change to Rasa's own behaviour, each with its reason; a test for each fails on the day that Rasa no longer needs it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import fastjsonschema
import rasa.core.agent
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

VALIDATE_ACTION_RESULT = RemoteAction._validate_action_result  # Rasa's own
RESOLVE_BY_TYPE = Event.resolve_by_type

check_result = fastjsonschema.compile(RemoteAction.action_response_format_spec())

_understanding = ThreadPoolExecutor(1, thread_name_prefix="understanding")  # one: the components weren't made for several


def change_rasa() -> None:
    """Change Rasa in this process; a second time changes nothing more."""
    RemoteAction._validate_action_result = validate_action_result
    Event.resolve_by_type = staticmethod(resolve_by_type)
    rasa.core.agent.MessageProcessor = ThreadedProcessor


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa checks its schema, which never changes, with each action, and then the result by it: longer than the action takes.

    Raises:
        jsonschema.ValidationError: an action returned something else than events and responses.
    """
    try:
        check_result(result)
    except fastjsonschema.JsonSchemaValueException:
        return VALIDATE_ACTION_RESULT(action, result)  # it tells what is wrong
    return True


@cache
def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Rasa walks through all classes of events for each event of a conversation, with each message."""
    return RESOLVE_BY_TYPE(type_name, default)


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
