"""The actions, without a model: tracker in, message and slots out."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.courtesy import ActionCourtesy
from actions.refuse import ActionRefuse


def run(action, intent, language=None, channel="chat", organisations=(), slots=None, **noted):
    """What an action says, and the slots it sets."""
    message = {
        "intent": {"name": intent} if intent else None,
        "entities": [{"entity": "organisation", "value": id} for id in organisations],
        **noted,
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


def test_yes_is_not_said_before_the_answer_about_another_organisation():
    said, _ = run(ActionAnswer(), "organisation_lyric", "en", organisations=["organisation_calym"], page_says="yes")
    assert said["text"].startswith("The Carnot CALYM Institute")


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
    said, _ = run(ActionRefuse(), "not_on_page_money", "en", near_topics=["programmes_platforms", "no_such_topic"])
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


def test_answer_says_every_topic_and_what_can_not_be_answered():
    said, _ = run(ActionAnswer(), "funders", "en", topics=["funders", "history_creation"], refused=["not_on_page_money"])
    assert said["reply"]["topics"] == ["funders", "history_creation", "not_on_page_money"]
    assert said["text"].index("is funded by") < said["text"].index("Since 2003") < said["text"].index("budgets")


@pytest.mark.parametrize(
    ("page_says", "language", "start"),
    [("yes", "en", "Yes. Since"), ("no", "fr", "Non, ce n’est pas ce que dit la page. Depuis")],
)
def test_answer_says_yes_or_no_first(page_says, language, start):
    said, _ = run(ActionAnswer(), "history_creation", language, page_says=page_says)
    assert said["text"].startswith(start)


def test_answer_to_two_topics_says_neither_yes_nor_no():
    said, _ = run(ActionAnswer(), "funders", "en", topics=["funders", "history_creation"], page_says="yes")
    assert said["text"].startswith("CLARA is funded")


def test_unclear_question_with_topics_in_sight_is_asked_back():
    said, _ = run(ActionRefuse(), "unclear", "en", offered_topics=["funders", "mission_name", "mission_goals"])
    assert said["reply"]["kind"] == "did_you_mean"
    assert [button["title"] for button in said["buttons"]] == [
        "Who funds CLARA?",
        "What does the name CLARA stand for?",
        "What are CLARA’s goals?",
        "None of these",
    ]
