"""What is particular to Teams."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from doubles import talking
from teams_double import THEIRS, TeamsDouble

from clara.channels.messaging import connector_tokens


@pytest.fixture
def teams(assistant):
    with talking(TeamsDouble, assistant) as service:
        yield service


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.microsoftonline.com/tenant"},
        {"aud": "another-app"},
        {"exp": int(time.time()) - 3600},
        {"nbf": int(time.time()) + 36_000},
        {"serviceurl": "https://elsewhere.example.org/"},
        {"serviceurl": None},
    ],
)
def test_token_for_something_else_is_refused(teams, assistant, claims):
    assert teams.deliver(teams.content(teams.activity("hello"), **claims)).status_code == 401
    assert not assistant.heard


@pytest.mark.parametrize("kid", ["skype-1", "ec-1", "unknown", None, ""])
def test_token_signed_with_a_key_of_another_kind_is_refused(teams, assistant, kid):
    assert teams.deliver(teams.content(teams.activity("hello"), key=THEIRS, kid=kid or "none")).status_code == 401
    assert not assistant.heard


def test_reply_goes_nowhere_but_to_the_service_that_the_token_names(teams, assistant):
    activity = {**teams.activity("hello"), "serviceUrl": "https://elsewhere.example.org/"}
    assert teams.deliver(teams.content(activity)).status_code == 401
    assert not assistant.heard


def test_while_the_keys_cannot_be_had_the_service_is_to_call_again(teams, assistant, monkeypatch):
    teams.troubles = [500]
    assert [teams.deliver(teams.message("hello")).status_code for _ in range(2)] == [503, 503]
    assert not assistant.heard
    monkeypatch.setattr(connector_tokens, "FAILURE_PAUSE", 0.0)
    assert teams.say("hello").text == "You said: hello"


def test_keys_that_are_known_serve_on_while_new_ones_cannot_be_had(teams, monkeypatch):
    teams.say("hello")
    monkeypatch.setattr(connector_tokens, "KEYS_LAST", 0.0)
    teams.troubles = [500]
    assert teams.deliver(teams.message("hello again")).status_code == 200


def test_many_who_write_at_once_wait_for_the_keys(teams):
    calls = [teams.message(f"from {number}", person=f"p{number}") for number in range(5)]
    with ThreadPoolExecutor(5) as pool:
        assert {response.status_code for response in pool.map(teams.deliver, calls)} == {200}
    teams.wait(5)


@pytest.mark.parametrize("channel", ["webchat", "directline", "", None])
def test_other_channels_of_the_connector_are_refused(teams, assistant, channel):
    assert teams.deliver(teams.content(teams.activity("hello", channelId=channel))).status_code == 401
    assert not assistant.heard


def test_token_is_had_once(teams):
    teams.say("hello")
    teams.say("hello again")
    assert teams.registered == ["token"]


def test_mention_is_no_part_of_the_question(teams, assistant):
    entity = {"type": "mention", "text": "<at>Ask CLARA</at>", "mentioned": {"id": "28:bot"}}
    activity = teams.activity("<at>Ask CLARA</at> who funds CLARA &amp; why?\n", entities=[entity])
    teams.deliver(teams.content(activity))
    assert assistant.heard[0].text == "who funds CLARA & why?"


def test_groups_get_numbers_instead_of_suggested_actions(teams, assistant):
    assistant.suggestions = ["Who funds CLARA?"]
    teams.deliver(teams.content(teams.activity("hello", conversation={"id": "a:r1", "conversationType": "channel"})))
    shown = teams.wait(1)[0]
    assert "\n1. Who funds CLARA?" in shown.text
    assert not shown.buttons


def test_newcomer_is_greeted_in_their_language(teams, assistant):
    met = {"type": "conversationUpdate", "locale": "fr-FR", "membersAdded": [{"id": "28:bot"}]}
    teams.deliver(teams.content(teams.activity("", **met)))
    shown = teams.wait(1)[0]
    assert shown.text.startswith("Bonjour")
    assert shown.buttons
    assert not assistant.heard


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "conversationUpdate", "membersAdded": [{"id": "p2"}]},
        {"type": "typing"},
        {"type": "messageReaction"},
        {"from": {}},
    ],
)
def test_other_activities_are_left_alone(teams, assistant, activity):
    assert teams.deliver(teams.content(teams.activity("hello", **activity))).status_code == 200
    assert not assistant.heard
    assert not teams.shown
