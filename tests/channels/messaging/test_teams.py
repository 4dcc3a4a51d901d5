"""What is particular to Teams."""

import time

import pytest
from doubles import talking
from teams_double import THEIRS, TeamsDouble


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


def test_while_the_keys_cannot_be_had_the_service_is_to_call_again(teams, assistant):
    teams.troubles = [500]
    assert teams.deliver(teams.message("hello")).status_code == 503
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
