import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT

from clara.nlu.abstention import Abstainer
from clara.nlu.classifier import CERTAINTIES, IntentClassifier
from clara.nlu.encoder import SentenceEncoder

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
def abstainer(knowledge):
    return Abstainer({"answer_from": 0.6, "near_from": 0.1}, list(knowledge.topics))


def test_certain_topic_is_answered(abstainer, understand):
    message = understand("?", abstainer, **{CERTAINTIES: {"funders": 0.6, "off_topic": 0.4}})
    assert message.get(INTENT) == {"name": "funders", "confidence": 0.6}


def test_uncertain_topic_becomes_unclear_and_is_suggested(abstainer, understand):
    message = understand(
        "?", abstainer, **{CERTAINTIES: {"funders": 0.5, "history_launch": 0.3, "off_topic": 0.15, "mission_name": 0.05}}
    )
    assert message.get(INTENT)["name"] == "unclear"
    assert message.get("near_topics") == ["funders", "history_launch"]


def test_refusal_needs_no_certainty(abstainer, understand):
    message = understand("?", abstainer, **{CERTAINTIES: {"crisis": 0.3, "funders": 0.25, "medical": 0.2}})
    assert message.get(INTENT)["name"] == "crisis"


def test_message_that_was_not_classified_is_unclear(abstainer, understand):
    assert understand("", abstainer).get(INTENT)["name"] == "unclear"
    assert understand("", abstainer).get(TEXT) == ""
