"""What is changed in Rasa does what Rasa does; each change has a test that fails on the day that Rasa no longer needs it."""

import asyncio
import gc
import threading

import jsonschema
import pytest
import rasa.core.agent
import rasa.core.tracker_store
import rasa.shared.core.domain
import rasa.shared.utils.common
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event, SlotSet, UserUttered

from clara import rasa_changes

GOOD = {
    "events": [{"event": "slot", "name": "language", "value": "fr"}, {"event": "followup", "name": "action_listen"}],
    "responses": [{"text": "Bonjour"}],
}
BAD = [
    "nothing",
    {"events": "none"},
    {"responses": ["Bonjour"]},
    {"events": [{"event": "no such event"}]},
    {"events": [{"event": "slot", "name": 1}]},
]


@pytest.fixture
def counted(monkeypatch):
    """Counts the calls of a function of a class or a module, in a list."""

    def count(holder, name):
        calls, own = [], getattr(holder, name)

        def counting(*arguments, **named):
            calls.append(arguments)
            return own(*arguments, **named)

        monkeypatch.setattr(holder, name, counting)
        return calls

    return count


@pytest.fixture
def action():
    return RemoteAction("action_answer", None)


def test_rasa_still_checks_the_schema_with_each_action(counted, action):
    validator = jsonschema.validators.validator_for(RemoteAction.action_response_format_spec())
    checks = counted(validator, "check_schema")
    assert rasa_changes.VALIDATE_ACTION_RESULT(action, GOOD)
    assert len(checks) == 1
    assert rasa_changes.validate_action_result(action, GOOD)
    assert len(checks) == 1


def test_every_type_of_event_has_its_schema(action):
    assert set(rasa_changes.event_validators()) >= {"user", "bot", "slot", "action", "followup", "session_started"}
    for name in rasa_changes.event_validators():
        result = {"events": [{"event": name, "timestamp": "no number"}]}
        with pytest.raises(jsonschema.ValidationError):
            rasa_changes.validate_action_result(action, result)


@pytest.mark.parametrize("result", BAD, ids=str)
def test_what_rasa_finds_wrong_is_found_wrong(action, result):
    for validate in (rasa_changes.VALIDATE_ACTION_RESULT, rasa_changes.validate_action_result):
        with pytest.raises(jsonschema.ValidationError):
            validate(action, result)


def test_rasa_still_walks_through_all_events_for_each(counted):
    walks = counted(rasa.shared.utils.common, "all_subclasses")
    rasa_changes.RESOLVE_BY_TYPE("user")
    once = len(walks)  # a walk calls itself for what is beneath
    assert once
    rasa_changes.RESOLVE_BY_TYPE("user")
    assert len(walks) == 2 * once
    rasa_changes.resolve_by_type.cache_clear()
    rasa_changes.resolve_by_type("user")
    rasa_changes.resolve_by_type("user")
    assert len(walks) == 3 * once


def test_events_are_found_as_rasa_finds_them():
    for event in rasa.shared.utils.common.all_subclasses(Event):
        if event.type_name:
            assert rasa_changes.resolve_by_type(event.type_name) is rasa_changes.RESOLVE_BY_TYPE(event.type_name)
    assert rasa_changes.resolve_by_type("no such event", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="no such event"):
        rasa_changes.resolve_by_type("no such event")


@pytest.mark.parametrize(("processor", "is_threaded"), [(MessageProcessor, False), (rasa_changes.ThreadedProcessor, True)])
def test_rasa_still_understands_on_the_event_loop(processor, is_threaded):
    alive = threading.Event()

    class Slow(processor):
        def __init__(self):
            self.http_interpreter, self.domain = None, None

        def _parse_message_with_graph(self, message, tracker, only_output_properties=True):
            return {"text": "alive" if alive.wait(1) else "held up", "intent": {"name": "funders"}, "entities": []}

    async def understand():
        understanding = asyncio.create_task(Slow().parse_message(UserMessage("Who funds CLARA?")))
        await asyncio.sleep(0)  # it begins
        alive.set()
        return (await understanding)["text"]

    assert asyncio.run(understand()) == ("alive" if is_threaded else "held up")


def test_given_up_message_leaves_nothing_behind():
    """Eight visitors wait for one thread; who waits too long has an apology, and the message is dropped."""
    free = threading.Event()

    class Slow(rasa_changes.ThreadedProcessor):
        def __init__(self):
            self.http_interpreter, self.domain = None, None

        def _parse_message_with_graph(self, message, tracker, only_output_properties=True):
            free.wait(10)
            return {"text": message.text, "intent": {"name": "funders"}, "entities": []}

    async def give_up():
        first, second = (asyncio.create_task(Slow().parse_message(UserMessage(text))) for text in ("first", "second"))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.wait({second})
        free.set()
        return (await first)["text"]

    assert asyncio.run(give_up()) == "first"
    gc.collect()  # a coroutine that nobody awaited would be told of here, as an error


def test_rasa_is_changed_once(monkeypatch):
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    monkeypatch.setattr(rasa.core.agent, "MessageProcessor", rasa.core.agent.MessageProcessor)
    rasa_changes.change_rasa()
    rasa_changes.change_rasa()
    assert Event.resolve_by_type("user") is UserUttered
    assert RemoteAction._validate_action_result is rasa_changes.validate_action_result
    assert rasa.core.agent.MessageProcessor is rasa_changes.ThreadedProcessor


class Failing:
    """A store whose database is gone."""

    domain = event_broker = None

    async def retrieve(self, sender_id):
        raise OSError("gone")

    async def save(self, tracker):
        raise OSError("gone")


def test_rasa_still_hides_a_database_that_fails():
    hidden = rasa.core.tracker_store.FailSafeTrackerStore(Failing())
    assert asyncio.run(hidden.retrieve("visitor")) is None
    with pytest.raises(OSError):
        asyncio.run(rasa_changes.as_it_is(Failing()).retrieve("visitor"))


def test_agent_has_the_store_itself(settings):
    rasa_changes.change_rasa()
    store = rasa.core.tracker_store.InMemoryTrackerStore(rasa.shared.core.domain.Domain.empty())
    assert rasa.core.agent.Agent(tracker_store=store).tracker_store is store
