import pytest
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from clara.nlu.language import LanguageIdentifier


@pytest.fixture
def identifier(make, training_data):
    component = make(LanguageIdentifier)
    component.train(training_data)
    return component


def language_of(component, text, tracker=None, metadata=None):
    (message,) = component.process([Message({TEXT: text, "metadata": metadata})], tracker)
    return message.get("language")


def conversation_in(language):
    tracker = DialogueStateTracker("visitor", [TextSlot("language", [], influence_conversation=False)])
    tracker.update(SlotSet("language", language))
    return tracker


@pytest.mark.parametrize(
    ("text", "language"), [("who funds this", "en"), ("qui finance ça", "fr"), ("WHO FUNDS THIS", "en"), ("QUI FINANCE ÇA", "fr")]
)
def test_language_of_a_plain_question(identifier, text, language):
    assert language_of(identifier, text) == language


def test_clear_text_overrules_the_conversation(identifier):
    assert language_of(identifier, "qui vous finance, et depuis quand", conversation_in("en")) == "fr"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_doubtful_text_takes_the_conversation_s_language(identifier, language):
    assert language_of(identifier, "42", conversation_in(language)) == language


@pytest.mark.parametrize("language", ["en", "fr"])
def test_doubtful_text_takes_the_interface_s_language(identifier, language):
    assert language_of(identifier, "42", metadata={"language": language}) == language


def test_conversation_goes_before_interface(identifier):
    assert language_of(identifier, "42", conversation_in("fr"), {"language": "en"}) == "fr"


def test_interface_language_that_is_not_ours_is_ignored(identifier):
    assert language_of(identifier, "who funds this", metadata={"language": "<b>"}) == "en"


def test_trained_component_is_the_same_when_loaded(identifier, make):
    loaded = make(LanguageIdentifier, loaded=True)
    for text in ("who funds this", "qui finance ça"):
        assert loaded._probability_of_french(text) == pytest.approx(identifier._probability_of_french(text))


def test_training_questions_keep_their_known_language(identifier, training_data):
    identifier.process_training_data(training_data)
    assert {m.get("language") for m in training_data.training_examples if m.get(TEXT) == "depuis quand"} == {"fr"}


def test_untrained_component_says_what_to_do(make):
    with pytest.raises(RuntimeError, match="make train"):
        language_of(make(LanguageIdentifier), "hello")
