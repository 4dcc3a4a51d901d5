import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from clara.nlu.abstention import Abstainer
from clara.nlu.classifier import CERTAINTIES, IntentClassifier
from clara.nlu.encoder import SentenceEncoder
from clara.nlu.parts import IS_PART, PARTS, PartSplitter, split

ENCODER = SentenceEncoder({})


@pytest.fixture
def classifier(make, training_data):
    ENCODER.process_training_data(training_data)
    component = make(IntentClassifier)
    component.train(training_data)
    return component


def test_new_question_gets_the_intent_of_its_like(classifier, understand):
    assert understand("who gives the money?", ENCODER, classifier).get(INTENT)["name"] == "funders"
    assert understand("en quelle année est-ce né ?", ENCODER, classifier).get(INTENT)["name"] == "history_creation"


def test_certainties_are_plain_numbers_that_sum_to_one_in_falling_order(classifier, understand):
    message = understand("who pays", ENCODER, classifier)
    certainties = list(message.get(CERTAINTIES).values())
    assert sum(certainties) == pytest.approx(1)
    assert certainties == sorted(certainties, reverse=True)
    assert all(type(entry["confidence"]) is float for entry in message.get(INTENT_RANKING_KEY))


def test_training_is_deterministic(make, training_data, classifier):
    again = make(IntentClassifier)
    again.train(training_data)
    assert np.array_equal(again._weights, classifier._weights)
    assert np.array_equal(again._biases, classifier._biases)


def test_classifier_is_the_same_when_loaded(classifier, make, understand):
    loaded = make(IntentClassifier, loaded=True)
    assert understand("who pays", ENCODER, loaded).get(CERTAINTIES) == understand("who pays", ENCODER, classifier).get(
        CERTAINTIES
    )


def test_message_without_features_gets_no_intent(classifier, understand):
    assert understand("", classifier).get(INTENT) is None


@pytest.fixture
def abstainer(make):
    return make(Abstainer, answer_from=0.6, topic_from=0.3, near_from=0.1, crisis_from=0.3, crisis_part_from=0.9)


def decided(abstainer, certainties, parts=()):
    message = Message(
        {TEXT: "?", CERTAINTIES: certainties, PARTS: [Message({CERTAINTIES: part, IS_PART: True}) for part in parts]}
    )
    (message,) = abstainer.process([message, *message.get(PARTS)])
    return message


def test_certain_topic_is_answered(abstainer):
    assert decided(abstainer, {"funders": 0.6, "off_topic": 0.4}).get(INTENT) == {"name": "funders", "confidence": 0.6}


def test_topic_is_answered_where_all_topics_together_are_certain(abstainer):
    certainties = {"funders": 0.4, "history_launch": 0.3, "off_topic": 0.2, "mission_name": 0.1}
    assert decided(abstainer, certainties).get(INTENT)["name"] == "funders"


def test_topic_of_which_there_is_doubt_becomes_unclear_and_is_suggested(abstainer):
    message = decided(abstainer, {"funders": 0.3, "not_on_page_money": 0.28, "history_launch": 0.2, "off_topic": 0.22})
    assert message.get(INTENT)["name"] == "unclear"
    assert message.get("near_topics") == ["funders", "history_launch"]


def test_scattered_topics_become_unclear(abstainer):
    certainties = {"funders": 0.29, "history_launch": 0.28, "mission_name": 0.28, "off_topic": 0.15}
    assert decided(abstainer, certainties).get(INTENT)["name"] == "unclear"


def test_refusal_needs_no_certainty(abstainer):
    assert decided(abstainer, {"medical": 0.3, "funders": 0.25, "off_topic": 0.2}).get(INTENT)["name"] == "medical"


def test_distress_comes_before_a_likelier_topic(abstainer):
    assert decided(abstainer, {"funders": 0.7, "crisis": 0.3}).get(INTENT)["name"] == "crisis"


def test_distress_in_a_part_comes_before_everything(abstainer):
    parts = [{"funders": 1.0}, {"crisis": 0.95, "medical": 0.05}]
    assert decided(abstainer, {"funders": 0.99, "crisis": 0.01}, parts).get(INTENT)["name"] == "crisis"


def test_doubtful_distress_in_a_part_does_not(abstainer):
    assert decided(abstainer, {"funders": 1.0}, [{"crisis": 0.7}, {"funders": 1.0}]).get(INTENT)["name"] == "funders"


def test_message_that_was_not_classified_is_unclear(abstainer):
    assert decided(abstainer, None).get(INTENT)["name"] == "unclear"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who funds you? I want to die", ["Who funds you?", "I want to die"]),
        ("je voulais savoir mais je veux plus vivre", ["je voulais savoir", "mais je veux plus vivre"]),
        ("one thing\nanother thing - a third", ["one thing", "another thing", "a third"]),
        ("Who funds CLARA?", []),
        ("", []),
        ("Hello, who funds CLARA?", ["who funds CLARA?"]),
    ],
)
def test_parts_of_a_text(text, parts):
    assert split(text) == parts


def test_splitter_puts_the_parts_behind_their_whole(make):
    messages = make(PartSplitter).process([Message({TEXT: "Who pays? Since when?", "metadata": {"language": "fr"}})])
    assert [message.get(TEXT) for message in messages] == ["Who pays? Since when?", "Who pays?", "Since when?"]
    assert [bool(message.get(IS_PART)) for message in messages] == [False, True, True]
    assert messages[2].get("metadata") == {"language": "fr"}
