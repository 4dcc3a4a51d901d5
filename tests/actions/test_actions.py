"""The actions, without a model: tracker in, message and slots out."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.courtesy import ActionCourtesy
from actions.refuse import ActionRefuse


def run(action, intent, language=None, channel="chat", organisations=(), near=(), slots=None):
    """What an action says, and the slots it sets."""
    message = {
        "intent": {"name": intent} if intent else None,
        "entities": [{"entity": "organisation", "value": id} for id in organisations],
        "near_topics": list(near),
    }
    if language:
        message["language"] = language
    tracker = Tracker("visitor", slots or {}, message, [{"event": "user", "input_channel": channel}], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    (said,) = dispatcher.messages
    return said, {event["name"]: event["value"] for event in events}


def test_answer_says_the_topic_in_the_language_of_the_message():
    said, slots = run(ActionAnswer(), "mission_goals", "fr")
    assert "transfert rapide des découvertes" in said["text"]
    assert said["reply"]["topics"] == ["mission_goals"]
    assert slots == {"language": "fr"}


def test_answer_takes_the_conversation_s_language_where_the_message_has_none():
    said, _ = run(ActionAnswer(), "mission_goals", slots={"language": "fr"})
    assert said["reply"]["language"] == "fr"


def test_answer_speaks_english_where_nothing_is_known():
    said, _ = run(ActionAnswer(), "mission_goals")
    assert said["reply"]["language"] == "en"


def test_answer_about_organisations_takes_those_that_are_named():
    said, _ = run(ActionAnswer(), "organisation_lyric", "en", organisations=["organisation_calym", "organisation_lyric"])
    assert said["reply"]["topics"] == ["organisation_calym", "organisation_lyric"]


def test_answer_about_an_organisation_that_is_only_meant():
    said, _ = run(ActionAnswer(), "organisation_oncotherapy", "en")
    assert "Japanese biotech" in said["text"]


def test_answer_about_a_topic_is_not_turned_by_a_name_in_it():
    said, _ = run(ActionAnswer(), "funders", "en", organisations=["organisation_inca"])
    assert said["reply"]["topics"] == ["funders"]


def test_answer_ignores_an_organisation_that_does_not_exist():
    said, _ = run(ActionAnswer(), "organisation_lyric", "en", organisations=["organisation_unknown"])
    assert said["reply"]["topics"] == ["organisation_lyric"]


@pytest.mark.parametrize("channel", ["rest", "cmdline", "slack"])
def test_text_channels_get_the_source_as_a_line(channel):
    said, _ = run(ActionAnswer(), "history_creation", "en", channel=channel)
    assert said["text"].splitlines()[1:] == ["Source: CLARA’s About page, paragraph 2."]


@pytest.mark.parametrize("channel", ["chat", "console"])
def test_own_channels_get_the_source_as_metadata(channel):
    said, _ = run(ActionAnswer(), "history_creation", "en", channel=channel)
    assert "Source" not in said["text"]
    assert said["reply"]["sources"][0]["paragraph"] == 2


def test_refusal_names_what_was_asked_for_and_offers_near_topics():
    said, _ = run(ActionRefuse(), "not_on_page_money", "en", near=["programmes_platforms", "no_such_topic"])
    assert "budgets" in said["text"]
    assert said["reply"]["kind"] == "not_on_page"
    assert said["buttons"][0]["payload"] == "Has CLARA set up high-performance platforms?"


@pytest.mark.parametrize("intent", [None, "nlu_fallback", "greet"])
def test_refusal_takes_whatever_no_rule_provides_for_as_unclear(intent):
    said, _ = run(ActionRefuse(), intent, "fr")
    assert said["reply"]["kind"] == "unclear"


def test_courtesy_is_returned():
    said, _ = run(ActionCourtesy(), "courtesy_greeting", "fr")
    assert said["text"].startswith("Bonjour")
    assert said["reply"]["kind"] == "courtesy"
