"""The actions, without a model: tracker in, message and slots out."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.conversation import knowledge
from actions.courtesy import ActionCourtesy
from actions.go_on import ActionGoOn
from actions.refuse import ActionRefuse
from actions.say_again import ActionSayAgain


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
    (turn_ends,) = [event["name"] for event in events if event["event"] == "followup"]
    assert turn_ends == "action_listen"
    return said, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_answer_says_the_topic_in_the_language_of_the_message():
    said, slots = run(ActionAnswer(), "mission_goals", "fr")
    assert "transfert rapide des découvertes" in said["text"]
    assert said["reply"]["topics"] == ["mission_goals"]
    assert slots == {"language": "fr", "thread": ["mission_goals"], "told": ["mission_goals"]}


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
    said, _ = run(ActionAnswer(), "funders", "en", asked=["funders", "not_on_page_money", "history_creation"])
    assert said["reply"]["topics"] == ["funders", "not_on_page_money", "history_creation"]
    assert said["text"].index("is funded by") < said["text"].index("budgets") < said["text"].index("Since 2003")


@pytest.mark.parametrize(
    ("page_says", "language", "start"),
    [("yes", "en", "Yes. Since"), ("no", "fr", "Non, ce n’est pas ce que dit la page. Depuis")],
)
def test_answer_says_yes_or_no_first(page_says, language, start):
    said, _ = run(ActionAnswer(), "history_creation", language, page_says=page_says)
    assert said["text"].startswith(start)


def test_answer_to_two_topics_says_neither_yes_nor_no():
    said, _ = run(ActionAnswer(), "funders", "en", asked=["funders", "history_creation"], page_says="yes")
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


def test_refusal_says_all_that_can_not_be_answered():
    said, slots = run(ActionRefuse(), "not_on_page_jobs", "en", asked=["not_on_page_jobs", "not_on_page_contact"])
    assert said["text"].index("internships") < said["text"].index("contact details")
    assert slots["thread"] == ["not_on_page_jobs", "not_on_page_contact"]


@pytest.mark.parametrize(
    ("action", "intent", "noted"),
    [
        (ActionCourtesy, "courtesy_thanks", {}),
        (ActionRefuse, "unclear", {}),
        (ActionRefuse, "unclear", {"offered_topics": ["funders"]}),
    ],
)
def test_thread_is_not_lost(action, intent, noted):
    _, slots = run(action(), intent, "en", **noted)
    assert slots == {"language": "en"}


def test_what_was_told_is_remembered_once():
    _, slots = run(ActionAnswer(), "funders", "en", slots={"told": ["funders", "mission_name"], "thread": ["mission_name"]})
    assert (slots["thread"], slots["told"]) == (["funders"], ["funders", "mission_name"])


def test_go_on_tells_of_something_near_that_was_not_told():
    said, _ = run(ActionGoOn(), "courtesy_more", "en", slots={"thread": ["funders"], "told": ["funders", "history_launch"]})
    assert said["reply"]["topics"] == ["organisation_inca"]


def test_go_on_says_so_where_all_has_been_told():
    told = list(knowledge().topics)
    said, slots = run(ActionGoOn(), "courtesy_more", "fr", slots={"thread": told[:1], "told": told})
    assert said["text"].startswith("Je vous ai dit tout ce que dit la page")
    assert "thread" not in slots


@pytest.mark.parametrize(
    ("thread", "start"),
    [
        (["funders", "not_on_page_money"], "Le CLARA est financé par les pouvoirs publics"),
        (["not_on_page_money"], "Je ne peux pas vous renseigner sur le budget"),
        (["no_such_topic"], "Bien sûr, parlons français."),
        (None, "Bien sûr, parlons français."),
    ],
)
def test_last_reply_is_said_again_in_the_language_asked_for(thread, start):
    said, slots = run(ActionSayAgain(), "courtesy_french", "en", slots={"thread": thread})
    assert said["text"].startswith(start)
    assert slots["language"] == "fr"


@pytest.mark.parametrize("need", ["crisis", "medical"])
def test_go_on_offers_somebody_in_need_no_other_subject(need):
    said, _ = run(ActionGoOn(), "courtesy_more", "en", slots={"thread": [need]})
    assert (said["reply"]["topics"], said["buttons"]) == ([need], [])


def test_every_organisation_that_is_named_is_answered_beside_a_refusal():
    asked = ["organisation_calym", "not_on_page_places"]
    named = ["organisation_calym", "organisation_lyric"]
    said, _ = run(ActionAnswer(), "organisation_calym", "en", organisations=named, asked=asked)
    assert said["reply"]["topics"] == [*named, "not_on_page_places"]


def test_topic_that_no_longer_exists_is_not_understood():
    said, _ = run(ActionAnswer(), "no_such_topic", "en", asked=["no_such_topic"])
    assert said["reply"]["kind"] == "unclear"
