"""Actions in the server's process fail as they would behind an action server."""

import asyncio
import json
import sys
import traceback
import types

import pytest
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from clara.in_process import InProcessActions


class Speaks(Action):
    def name(self):
        return "action_speaks"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=f"Hello {tracker.sender_id}")
        return [{"event": "slot", "name": "language", "value": "en"}]


class Rejects(Action):
    def name(self):
        return "action_rejects"

    def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection("action_rejects", "not now")


class Breaks(Action):
    def name(self):
        return "action_breaks"

    def run(self, dispatcher, tracker, domain):
        raise ValueError("boom")


class Hangs(Action):
    def name(self):
        return "action_hangs"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(60)


@pytest.fixture
def call(monkeypatch):
    monkeypatch.setitem(sys.modules, "actions_of_a_test", types.ModuleType("actions_of_a_test"))
    endpoint = InProcessActions("actions_of_a_test", seconds=0.2)

    def call(name):
        tracker = {"sender_id": "visitor", "slots": {}, "latest_message": {}, "events": [], "paused": False}
        tracker |= {"followup_action": None, "active_loop": {}, "latest_action_name": None}
        return asyncio.run(endpoint.request(json={"next_action": name, "tracker": tracker, "domain": {}}))

    return call


def test_action_answers_as_over_http(call):
    result = call("action_speaks")
    assert result["responses"][0]["text"] == "Hello visitor"
    assert result["events"] == [{"event": "slot", "name": "language", "value": "en"}]


def test_rejection_is_a_400_that_names_the_action(call):
    with pytest.raises(ClientResponseError) as caught:
        call("action_rejects")
    assert caught.value.status == 400
    assert json.loads(caught.value.text) == {"action_name": "action_rejects", "error": "not now"}


def test_unknown_action_is_a_404(call):
    with pytest.raises(ClientResponseError) as caught:
        call("action_unknown")
    assert caught.value.status == 404


def test_fault_in_an_action_names_kind_and_place_but_not_the_words(call):
    """Rasa logs the whole chain of errors, and an error's text may hold what a visitor said."""
    with pytest.raises(RasaException, match=r"action_breaks failed: ValueError \(.*test_in_process\.py, line \d+\)") as caught:
        call("action_breaks")
    assert "boom" not in "".join(traceback.format_exception(caught.value))


def test_action_that_hangs_is_given_up(call):
    with pytest.raises(RasaException, match=r"action_hangs took longer than 0\.2 s"):
        call("action_hangs")
