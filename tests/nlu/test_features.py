"""The tokenizer and the two featurizers."""

import numpy as np
import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT

from clara.nlu.encoder import SentenceEncoder
from clara.nlu.spelling import SpellingFeaturizer
from clara.nlu.tokenizer import SpacyTokenizer


def vector(message):
    return message.get_dense_features(TEXT)[1].features[0]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "L'INCa, c'est quoi ?", ["L'", "INCa", ",", "c'", "est", "quoi", "?"]),
        ("en", "CLARA's aim?", ["CLARA", "'s", "aim", "?"]),
    ],
)
def test_words_follow_the_rules_of_the_language(make, understand, language, text, words):
    message = understand(text, make(SpacyTokenizer), language=language)
    assert [token.text for token in message.get(TOKENS_NAMES[TEXT])] == words


def test_encoder_puts_a_question_near_its_translation(understand):
    encoder = SentenceEncoder({})
    english, french, other = (
        vector(understand(text, encoder)) for text in ("Who gives the money?", "Qui donne l'argent ?", "Will it rain tomorrow?")
    )
    assert english.shape == (512,)
    assert np.linalg.norm(english) == pytest.approx(1, abs=1e-3)
    assert english @ french > english @ other + 0.2


def test_encoder_reads_organisations_under_their_name_on_the_page(understand):
    encoder = SentenceEncoder({"organisation_inca": "French National Cancer Institute"})
    entity = {"entity": "organisation", "value": "organisation_inca", "start": 5, "end": 9}
    message = understand("Does INCa pay?", encoder, **{ENTITIES: [entity]})
    assert encoder.text_to_encode(message) == "does french national cancer institute pay?"


def test_encoder_makes_no_difference_between_capitals_and_spaces(understand):
    encoder = SentenceEncoder({})
    plain, shouted = (vector(understand(text, encoder)) for text in ("who pays ?", "WHO\u00a0PAYS\u202f?"))
    assert np.array_equal(plain, shouted)


def test_spelling_puts_a_typo_near_its_word(make, understand, training_data):
    speller = make(SpellingFeaturizer, dimensions=20, weight=0.5)
    speller.train(training_data)
    right, typo, other = (vector(understand(text, speller)) for text in ("financeurs", "finaceurs", "pizza"))
    assert np.linalg.norm(right) == pytest.approx(0.5, abs=1e-3)
    assert right @ typo > right @ other


def test_spelling_is_the_same_when_loaded(make, understand, training_data):
    trained = make(SpellingFeaturizer, dimensions=20)
    trained.train(training_data)
    loaded = make(SpellingFeaturizer, loaded=True, dimensions=20)
    assert np.allclose(vector(understand("qui paie", trained)), vector(understand("qui paie", loaded)))


def test_spelling_of_unknown_signs_is_no_fault(make, understand, training_data):
    speller = make(SpellingFeaturizer, dimensions=20)
    speller.train(training_data)
    assert not np.isnan(vector(understand("ΩΩΩ", speller))).any()


def test_untrained_spelling_says_what_to_do(make, understand):
    with pytest.raises(RuntimeError, match="make train"):
        understand("hello", make(SpellingFeaturizer))
