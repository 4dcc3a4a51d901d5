import numpy as np
import pytest
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import ListSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clara.nlu.classifier import CERTAINTIES, IntentClassifier
from clara.nlu.confirmation import ConfirmationClassifier
from clara.nlu.encoder import UniversalSentenceEncoder
from clara.nlu.figures import figures
from clara.nlu.keys import LANGUAGE
from clara.nlu.networks import Networks
from clara.nlu.parts import IS_PART

SMALL = {"networks": 2, "units": 40, "epochs": 60}


@pytest.fixture
def encoder(make, training_data):
    component = make(UniversalSentenceEncoder)
    component.train(training_data)
    component.process_training_data(training_data)
    return component


@pytest.fixture
def classifier(make, encoder, training_data):
    component = make(IntentClassifier, **SMALL)
    component.train(training_data)
    return component


def test_new_question_gets_the_intent_of_its_like(classifier, encoder, understand):
    assert understand("who gives the money?", encoder, classifier).get(INTENT)["name"] == "funders"
    assert understand("en quelle année est-ce né ?", encoder, classifier).get(INTENT)["name"] == "history_creation"


def test_certainties_are_plain_numbers_that_sum_to_one_in_falling_order(classifier, encoder, understand):
    message = understand("who pays", encoder, classifier)
    certainties = list(message.get(CERTAINTIES).values())
    assert sum(certainties) == pytest.approx(1)
    assert certainties == sorted(certainties, reverse=True)
    assert all(type(entry["confidence"]) is float for entry in message.get(INTENT_RANKING_KEY))


def test_training_is_deterministic(make, training_data, encoder, classifier, understand):
    again = make(IntentClassifier, **SMALL)
    again.train(training_data)
    one, other = (understand("who pays", encoder, component).get(CERTAINTIES) for component in (classifier, again))
    assert one == other


def test_classifier_is_the_same_when_loaded(classifier, encoder, make, understand):
    loaded = make(IntentClassifier, loaded=True, **SMALL)
    one, other = (understand("who pays", encoder, component).get(CERTAINTIES) for component in (classifier, loaded))
    assert one == other


def test_message_without_features_gets_no_intent(classifier, understand):
    assert understand("", classifier).get(INTENT) is None


FOLLOW_UPS = {("funders", "how much"): "not_on_page_money", ("history_creation", "how much"): "mission_name"}


@pytest.fixture
def follower(make, training_data):
    """Learns that "how much" asks for one thing after the funders, another after the beginnings; gives the encoder too."""
    asked = [
        Message.build(f"{text}{mark}", intent, intent_metadata={"language": "en", "after": after})
        for (after, text), intent in FOLLOW_UPS.items()
        for mark in ("", "?", " then", ", please", "!")
    ]
    questions = TrainingData([*training_data.training_examples, *asked])
    encoder, component = make(UniversalSentenceEncoder), make(IntentClassifier, **SMALL)
    encoder.train(questions)
    encoder.process_training_data(questions)
    component.train(questions)
    return encoder, component


def about(*ids):
    """A conversation that was last about these."""
    slots = [ListSlot("thread", mappings=[{"type": "custom"}], influence_conversation=False)]
    tracker = DialogueStateTracker("visitor", slots)
    tracker.update(SlotSet("thread", list(ids)))
    return tracker


@pytest.mark.parametrize(("after", "text"), FOLLOW_UPS)
def test_follow_up_means_what_it_means_after_the_last_reply(follower, after, text):
    encoder, component = follower
    (message,) = component.process(encoder.process([Message({TEXT: "and how much"})]), about(after))
    assert message.get(INTENT)["name"] == FOLLOW_UPS[after, text]


def test_part_is_understood_after_the_part_before_it(follower):
    encoder, component = follower
    messages = [
        Message({TEXT: text, IS_PART: part}) for text, part in (("?", False), ("who funds you", True), ("how much", True))
    ]
    *_, last = component.process(encoder.process(messages), about("history_creation"))
    assert last.get(INTENT)["name"] == "not_on_page_money"


def test_full_question_means_the_same_whatever_went_before(follower):
    encoder, component = follower
    for before in ("funders", "history_creation"):
        (message,) = component.process(encoder.process([Message({TEXT: "who gives the money?"})]), about(before))
        assert message.get(INTENT)["name"] == "funders"


def test_certainty_of_two_questions_is_shared_between_them(make, encoder, training_data, understand):
    both = [
        Message.build(f"{text}{mark}", "funders", intent_metadata={"language": "en", "also": ["history_creation"]})
        for text in (
            "who pays and since when",
            "since when and who pays",
            "the sponsors and the year",
            "money from whom, and how old",
        )
        for mark in ("", "?", ", please", "!")
    ]
    questions = TrainingData([*training_data.training_examples, *both])
    encoder.process_training_data(TrainingData(both))
    component = make(IntentClassifier, **SMALL)
    component.train(questions)
    certainties = understand("who pays, and since when", encoder, component).get(CERTAINTIES)
    assert min(certainties["funders"], certainties["history_creation"]) > 0.2


def test_networks_tell_two_classes_as_well_as_three():
    vectors = np.repeat(np.eye(3, dtype=np.float32), 20, axis=0)
    for classes in (("a", "b", "b"), ("a", "b", "c")):
        networks = Networks(number=2, units=10, epochs=200)
        networks.learn(vectors, np.repeat(classes, 20))
        found = [networks.classes[i] for i in networks.certainties(np.eye(3, dtype=np.float32)).argmax(axis=1)]
        assert found == list(classes)
        assert networks.certainties(vectors).sum(axis=1) == pytest.approx(1)


def test_few_examples_are_seen_often_enough_to_be_learnt():
    vectors = np.repeat(np.eye(3, dtype=np.float32), 5, axis=0)
    networks = Networks(number=1, units=10, epochs=1)
    networks.learn(vectors, np.repeat(["a", "b", "c"], 5))
    assert networks.certainties(vectors).max(axis=1).min() > 0.9


def test_examples_of_one_question_are_held_back_together():
    """What can only be learnt by heart is not certain: that a question's other example was seen must not hide it."""
    chance = np.random.RandomState(0)
    vectors = np.repeat(chance.randn(60, 30).astype(np.float32), 2, axis=0)
    names = np.repeat(chance.choice(["a", "b"], 60), 2)
    networks = Networks(number=1, units=10, epochs=200)
    networks.learn(vectors, names, questions=np.repeat(np.arange(60), 2))
    unseen = chance.randn(200, 30).astype(np.float32)
    assert networks.certainties(unseen).max(axis=1).mean() < 0.65


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("founded in 2003, right?", "en", {2003}),
        ("thirty-five projects, not 30", "en", {35, 30}),
        ("one of two", "en", set()),
        ("no figure", "en", set()),
        ("Les Trente projets, dont 5 en clinique", "fr", {30, 5}),
        ("en deux mille trois, trente-cinq projets", "fr", {2003, 35}),
        ("un ou deux, une bonne douzaine", "fr", {12}),
    ],
)
def test_figures_of_a_text(text, language, found):
    assert figures(text, language) == found


CLAIMS = {
    "yes": ["did it begin in 2003", "so it was 2003", "2003, right", "c'était en 2003, non", "né en 2003, c'est ça"],
    "no": ["did it begin in 1998", "so it was 1875", "2014, right", "c'était en 1987, non", "né en 2011, c'est ça"],
    None: ["since when", "how old is it", "the year please", "depuis quand", "quel âge a-t-il"],
}


@pytest.fixture
def confirmation(make):
    """Learns from claims about when it began; gives the encoder too."""
    questions = TrainingData(
        [
            Message.build(text, "history_creation", intent_metadata={"language": "en", "page_says": says})
            for says, texts in CLAIMS.items()
            for text in texts * 4
        ]
    )
    for question in questions.training_examples:
        question.set(LANGUAGE, "en")
    encoder, component = make(UniversalSentenceEncoder), make(ConfirmationClassifier, epochs=200, says_from=0.6)
    encoder.train(questions)
    encoder.process_training_data(questions)
    component.train(questions)
    return encoder, component


@pytest.mark.parametrize(("text", "says"), [("was it in 2003", "yes"), ("was it in 1950", "no"), ("when was it", "")])
def test_page_says_yes_to_its_own_year_and_no_to_others(confirmation, understand, text, says):
    assert understand(text, *confirmation, **{CERTAINTIES: {"history_creation": 1.0}, LANGUAGE: "en"}).get("page_says") == says


def test_page_says_nothing_where_no_topic_is_asked_for(confirmation, understand):
    assert understand("in 2003", *confirmation, **{CERTAINTIES: {"off_topic": 1.0}}).get("page_says") == ""


def test_page_says_nothing_to_a_text_without_a_word(confirmation):
    (message,) = confirmation[1].process([Message({TEXT: ""})])
    assert message.get("page_says") == ""
