"""No training question stands twice, and the sets of questions never mix."""

import re
import unicodedata
from itertools import chain

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.understanding.sets import read_dialogues, read_set
from clara.intents import blocks, kinds_of
from clara.knowledge import LANGUAGES
from clara.settings import ROOT


def training_questions(follow_ups):
    """(intent, language, text, what it comes after) of every training question; of the follow-ups, or of the others."""
    for block in blocks(ROOT):
        after = block["metadata"].get("after")
        if bool(after) == follow_ups:
            yield from ((block["intent"], block["metadata"]["language"], text, after) for text in block["examples"])


QUESTIONS = [question[:3] for question in training_questions(follow_ups=False)]
FOLLOW_UPS = list(training_questions(follow_ups=True))


def test_no_training_question_stands_twice():
    seen = {}
    for intent, _, text in QUESTIONS:
        other = seen.setdefault(bare(text), None)
        assert other is None, f"{text!r} is trained as {other} and as {intent}"
        seen[bare(text)] = intent


def test_no_follow_up_stands_twice_after_the_same():
    seen = {}
    for intent, _, text, after in FOLLOW_UPS:
        other = seen.setdefault((bare(text), after), None)
        assert other is None, f"{text!r} is trained after {after} as {other} and as {intent}"
        seen[bare(text), after] = intent


def test_what_is_asked_beside_an_intent_is_something_else():
    for block in blocks(ROOT):
        asked = [block["intent"], *block["metadata"].get("also", ())]
        assert len(set(asked)) == len(asked)


def bare(text):
    """A text without accents, capitals, signs and spaces."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", decomposed).strip() or text


def words(text):
    return frozenset(bare(text).split())


@pytest.mark.parametrize(("one", "other"), [("dev", "train"), ("test", "train"), ("test", "dev")])
def test_sets_of_questions_never_mix(one, other, knowledge):
    """No question of one set is, but for small words' order or signs, a question of the other; what is found is not printed."""
    measured, others = ({words(text) for text in read_texts(name)} for name in (one, other))
    # One or two words ("labex?", "hello") are the same whoever types them; and what our own buttons ask must be trained.
    buttons = {words(topic.suggestion[language]) for topic in knowledge.topics.values() for language in LANGUAGES}
    shared = sum(len(question) > 2 for question in (measured & others) - buttons)
    if shared:
        pytest.fail(f"{shared} questions of {one} stand in {other}")


ALIKE = 0.9  # cosine of two texts' n-grams; from here on, one is the other but for a word or a letter


@pytest.mark.parametrize(("one", "other"), [("dev", "train"), ("test", "train"), ("test", "dev")])
def test_no_question_is_nearly_one_of_another_set(one, other, knowledge):
    """What is found is not printed."""
    found = nearly_alike(read_texts(one), read_texts(other), knowledge)
    if found:
        pytest.fail(f"{len(found)} questions of {other} are nearly questions of {one}")


def read_texts(name):
    if name == "train":
        return [question[2] for question in [*QUESTIONS, *FOLLOW_UPS]]
    return [question.text for question in [*read_set(name), *chain.from_iterable(read_dialogues(name))]]


def nearly_alike(texts, others, knowledge):
    """Those of the others that are nearly one of the texts; short ones, and what our own buttons ask, left out."""
    buttons = {words(topic.suggestion[language]) for topic in knowledge.topics.values() for language in LANGUAGES}
    long = [text for text in texts if len(words(text)) > 3 and words(text) not in buttons]
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=bare)
    known = vectorizer.fit_transform(others)
    closest = (vectorizer.transform(long) @ known.T).max(axis=0).toarray().ravel()
    return [text for text, closeness in zip(others, closest) if closeness >= ALIKE and words(text) not in buttons]


def test_nearly_alike_questions_are_found(knowledge):
    others = ["Is Big Pharma bankrolling you lot?", "who pays for all of this"]
    assert nearly_alike(["Is Big Pharma bankrolling you?"], others, knowledge) == others[:1]


def test_measuring_labels_exist(knowledge):
    for name in ("dev", "test"):
        for question in [*read_set(name), *chain.from_iterable(read_dialogues(name))]:
            assert set(question.labels) <= set(kinds_of(knowledge))
            assert question.text.strip()


def test_measuring_sets_are_large_enough(knowledge):
    for name, at_least in (("dev", 8), ("test", 8)):
        questions = read_set(name)
        for language in LANGUAGES:
            labels = [q.labels[0] for q in questions if q.language == language]
            assert all(labels.count(topic) >= at_least for topic in knowledge.topics)
            assert sum(label in knowledge.refusals for label in labels) >= 100
