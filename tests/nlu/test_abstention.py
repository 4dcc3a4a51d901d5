"""Three bands of certainty, distress before all else, and several questions in one message."""

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from clara.nlu.abstention import Abstainer
from clara.nlu.classifier import CERTAINTIES
from clara.nlu.keys import PAGE_SAYS
from clara.nlu.parts import IS_PART, MOST_PARTS, PARTS, PartSplitter, is_question, split

THRESHOLDS = {
    "answer_from": 0.6,
    "topic_from": 0.3,
    "offer_from": 0.4,
    "near_from": 0.1,
    "crisis_from": 0.3,
    "crisis_part_from": 0.9,
    "crisis_whole_from": 0.02,
    "medical_from": 0.2,
    "health_part_from": 0.65,
    "part_from": 0.8,
    "part_shared_from": 0.5,
    "share_from": 0.2,
    "least_share": 0.02,
}


@pytest.fixture
def decide(make):
    """Decides about certainties, of the whole and of parts: decide(whole, (text, certainties), ...); gives the message."""
    abstainer = make(Abstainer, **THRESHOLDS)

    def decide(certainties, *parts):
        behind = [Message({TEXT: text, CERTAINTIES: part, IS_PART: True}) for text, part in parts]
        (message,) = abstainer.process([Message({TEXT: "?", CERTAINTIES: certainties, PARTS: behind}), *behind])
        return message

    return decide


def test_certain_topic_is_answered(decide):
    message = decide({"funders": 0.6, "off_topic": 0.4})
    assert message.get(INTENT) == {"name": "funders", "confidence": 0.6}
    assert message.get("asked") == ["funders"]
    assert message.get("page_answers") == 0.6


def test_topic_is_answered_where_all_topics_together_are_certain(decide):
    assert decide({"funders": 0.4, "history_launch": 0.3, "off_topic": 0.2, "mission_name": 0.1}).get("asked") == ["funders"]


def test_likeliest_topic_is_answered_though_a_refusal_is_likelier(decide):
    message = decide({"not_on_page_money": 0.38, "funders": 0.32, "history_launch": 0.3})
    assert message.get("asked") == ["funders"]


def test_topics_of_which_there_is_doubt_are_asked_back(decide):
    message = decide({"not_on_page_money": 0.5, "funders": 0.3, "history_launch": 0.2})
    assert message.get(INTENT)["name"] == "unclear"
    assert message.get("offered_topics") == ["funders", "history_launch"]
    assert message.get("asked") == []


def test_scattered_topics_are_asked_back(decide):
    message = decide({"funders": 0.29, "history_launch": 0.28, "mission_name": 0.28, "off_topic": 0.15})
    assert message.get("offered_topics") == ["funders", "history_launch", "mission_name"]


def test_unlikely_topics_are_suggested_beside_the_refusal(decide):
    message = decide({"medical": 0.65, "funders": 0.25, "off_topic": 0.1})
    assert message.get(INTENT)["name"] == "medical"
    assert message.get("near_topics") == ["funders"]
    assert message.get("offered_topics") == []


def test_distress_comes_before_a_likelier_topic(decide):
    assert decide({"funders": 0.7, "crisis": 0.3}).get(INTENT)["name"] == "crisis"


def test_distress_in_a_part_comes_before_everything(decide):
    message = decide({"funders": 0.97, "crisis": 0.03}, ("who pays?", {"funders": 1.0}), ("i want to die", {"crisis": 0.95}))
    assert message.get(INTENT)["name"] == "crisis"
    assert message.get("asked") == []


def test_distress_in_a_part_is_none_where_the_whole_surely_is_none(decide):
    parts = ("my students write on suicide.", {"crisis": 0.95}), ("who pays?", {"funders": 1.0})
    assert decide({"funders": 0.99, "crisis": 0.01}, *parts).get("asked") == ["funders"]


def test_doubtful_distress_in_a_part_does_not(decide):
    message = decide({"funders": 1.0}, ("dying to know", {"crisis": 0.7}), ("who pays?", {"funders": 1.0}))
    assert message.get("asked") == ["funders"]


def test_health_question_comes_before_a_likelier_topic(decide):
    message = decide({"programmes_clinical_development": 0.75, "medical": 0.25})
    assert message.get(INTENT)["name"] == "medical"
    assert message.get("asked") == []


@pytest.mark.parametrize("pays", ["Who pays?", "I wonder who pays"])
def test_health_question_beside_another_is_met_beside_its_answer(decide, pays):
    message = decide({"funders": 0.95, "medical": 0.05}, (pays, {"funders": 0.9}), ("is my lump cancer", {"medical": 0.9}))
    assert message.get("asked") == ["funders", "medical"]


def test_health_question_between_two_others_is_met_in_its_place(decide):
    parts = ("Who pays?", {"funders": 0.9}), ("is my lump cancer", {"medical": 0.9}), ("Since when?", {"history_creation": 0.9})
    message = decide({"funders": 0.85, "medical": 0.05, "history_creation": 0.1}, *parts)
    assert message.get("asked") == ["funders", "medical", "history_creation"]


def test_health_question_beside_a_refusal_is_a_health_question_first(decide):
    parts = ("How much?", {"not_on_page_money": 0.9}), ("is my lump cancer", {"medical": 0.9})
    message = decide({"not_on_page_money": 0.9, "medical": 0.1}, *parts)
    assert message.get(INTENT)["name"] == "medical"
    assert message.get("asked") == ["not_on_page_money", "medical"]


def test_health_question_does_not_make_a_topic_beside_it_a_mere_fact(decide):
    parts = ("your funders,", {"funders": 0.9}), ("your age,", {"history_creation": 0.9}), ("is my lump bad", {"medical": 0.9})
    message = decide({"funders": 0.4, "history_creation": 0.4, "medical": 0.2}, *parts)
    assert message.get("asked") == ["funders", "history_creation", "medical"]


@pytest.mark.parametrize(
    "whole",
    [{"not_on_page_money": 0.5, "funders": 0.45, "medical": 0.05}, {"courtesy_greeting": 0.95, "medical": 0.05}],
)
def test_health_question_in_a_part_is_met_where_nothing_is_answered(decide, whole):
    message = decide(whole, ("hello there", {"courtesy_greeting": 0.9}), ("is my lump cancer", {"medical": 0.9}))
    assert message.get(INTENT)["name"] == "medical"
    assert message.get("offered_topics") == []


@pytest.mark.parametrize(("certainty", "asked"), [(0.7, ["funders", "medical"]), (0.6, ["funders"])])
def test_health_question_in_a_part_need_not_be_as_certain_as_other_questions(decide, certainty, asked):
    parts = ("Who pays?", {"funders": 0.9}), ("is my lump cancer", {"medical": certainty, "funders": 1 - certainty})
    assert decide({"funders": 0.95, "medical": 0.05}, *parts).get("asked") == asked


def test_health_question_is_met_though_two_others_are_answered(decide):
    parts = ("Who pays?", {"funders": 0.9}), ("Since when?", {"history_creation": 0.9}), ("is my lump bad", {"medical": 0.7})
    message = decide({"funders": 0.45, "medical": 0.3, "history_creation": 0.25}, *parts)
    assert message.get("asked") == ["funders", "history_creation", "medical"]


def test_yes_or_no_is_said_of_the_likeliest_topic_only(make):
    abstainer = make(Abstainer, **THRESHOLDS)
    for certainties, says in (({"funders": 0.9, "off_topic": 0.1}, "yes"), ({"off_topic": 0.9, "funders": 0.1}, "")):
        (message,) = abstainer.process([Message({TEXT: "?", CERTAINTIES: certainties, PAGE_SAYS: "yes"})])
        assert message.get(PAGE_SAYS) == says


def test_two_questions_are_answered_in_their_order(decide):
    whole = {"history_creation": 0.5, "funders": 0.5}
    message = decide(whole, ("who pays", {"funders": 0.9}), ("and since when", {"history_creation": 0.9}))
    assert message.get("asked") == ["funders", "history_creation"]
    assert message.get(INTENT)["name"] == "funders"


def test_question_that_the_page_does_not_answer_is_refused_beside_one_that_it_does(decide):
    parts = ("Who pays?", {"funders": 0.9}), ("How much?", {"not_on_page_money": 0.9})
    message = decide({"not_on_page_money": 0.9, "funders": 0.1}, *parts)
    assert message.get("asked") == ["funders", "not_on_page_money"]


def test_fact_told_before_a_question_is_no_question(decide):
    """ "Thirty projects, fine. Which ones?" asks for one thing only."""
    parts = ("Thirty projects, fine.", {"programmes_transfer_projects": 0.9}), ("Which ones?", {"not_on_page_projects": 0.9})
    message = decide({"not_on_page_projects": 0.9, "programmes_transfer_projects": 0.1}, *parts)
    assert message.get(INTENT)["name"] == "not_on_page_projects"


def test_doubtful_part_is_no_question_of_its_own(decide):
    parts = ("who pays", {"funders": 0.9}), ("and then?", {"history_creation": 0.7, "unclear": 0.3})
    assert decide({"funders": 1.0}, *parts).get("asked") == ["funders"]


def test_doubtful_part_is_one_where_the_whole_asks_for_it_too(decide):
    parts = ("who pays", {"funders": 0.6}), ("and then", {"history_creation": 0.6})
    assert decide({"funders": 0.7, "history_creation": 0.3}, *parts).get("asked") == ["funders", "history_creation"]


def test_two_things_that_are_not_on_the_page_are_both_refused(decide):
    parts = ("Any jobs?", {"not_on_page_jobs": 0.9}), ("What address?", {"not_on_page_contact": 0.9})
    message = decide({"not_on_page_jobs": 0.9, "not_on_page_contact": 0.1}, *parts)
    assert message.get("asked") == ["not_on_page_jobs", "not_on_page_contact"]
    assert message.get(INTENT)["name"] == "not_on_page_jobs"


def test_single_word_of_distress_among_others_is_no_cry_for_help(decide):
    message = decide({"not_on_page_research": 1.0}, ("suicide,", {"crisis": 1.0}), ("cancer", {"not_on_page_research": 0.9}))
    assert message.get(INTENT)["name"] == "not_on_page_research"


def test_message_that_was_not_classified_is_unclear(decide):
    assert decide(None).get(INTENT)["name"] == "unclear"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who funds you? I want to die", ["Who funds you?", "I want to die"]),
        ("je voulais savoir mais je veux plus vivre", ["je voulais savoir", "mais je veux plus vivre"]),
        ("who pays and since when", ["who pays", "and since when"]),
        ("one thing\nanother thing - a third", ["one thing", "another thing", "a third"]),
        ("Who funds CLARA?", []),
        ("for how long", []),
        ("R & D", []),
        ("since when does it exist, and how much does it cost?", ["since when does it exist,", "and how much does it cost?"]),
        ("Qui finance le CLARA, et depuis quand ?", ["Qui finance le CLARA,", "et depuis quand ?"]),
        ("", []),
        ("Hello, who funds CLARA?", ["Hello,", "who funds CLARA?"]),
        ("name, founding year, funders", ["name,", "founding year,", "funders"]),
        ("who funds u when did it start", ["who funds u", "when did it start"]),
        ("vous faites quoi et depuis quand", ["vous faites quoi", "et depuis quand"]),
    ],
)
def test_parts_of_a_text(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "part",
    [
        "since when",
        "Who pays?",
        "and what is it for",
        "le clara a quel âge",
        "et depuis combien de temps",
        "d'où vient l'argent",
        "existe-t-il toujours",
        "c'est quoi",
        "tell me about the platforms",
        "dites-moi ce que vous visez",
    ],
)
def test_part_asks_by_its_form(part):
    assert is_question(part)


@pytest.mark.parametrize(
    "part",
    [
        "thirty projects, fine.",
        "il y a quelques projets",
        "May 2003, noted",
        "les donneurs publics",
        "un groupe parlementaire",
        "j'ai un rendez-vous",
        "a hands-on approach",
    ],
)
def test_part_that_tells_something_does_not_ask(part):
    assert not is_question(part)


def test_splitter_puts_the_parts_behind_their_whole(make):
    messages = make(PartSplitter).process([Message({TEXT: "Who pays? Since when?", "metadata": {"language": "fr"}})])
    assert [message.get(TEXT) for message in messages] == ["Who pays? Since when?", "Who pays?", "Since when?"]
    assert [bool(message.get(IS_PART)) for message in messages] == [False, True, True]
    assert messages[2].get("metadata") == {"language": "fr"}


def test_message_of_many_parts_has_a_bounded_number():
    parts = split("who? " * 100)
    assert len(parts) == MOST_PARTS
    assert " ".join(parts) == ("who? " * 100).strip()
