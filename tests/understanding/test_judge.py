"""The judge sees what is wrong: a judge that passes everything measures nothing."""

import pytest
from ruamel.yaml import YAML

from benchmarks.understanding.__main__ import THRESHOLDS
from benchmarks.understanding.figures import Figure, Outcome, figures
from benchmarks.understanding.judge import Judge, language_of
from benchmarks.understanding.report import missed_thresholds
from benchmarks.understanding.sets import Question, read_set
from clara.knowledge import LANGUAGES

JUDGE = Judge()


def verdict(labels, text, language="en"):
    return JUDGE.judge(Question("?", language, tuple(labels)), text)


def test_expectations_cover_the_knowledge(knowledge):
    assert set(JUDGE.topics) == set(knowledge.topics)
    assert set(JUDGE.courtesies) == set(knowledge.courtesies)
    assert set(JUDGE.aspects) == {id for id, refusal in knowledge.refusals.items() if refusal.kind == "not_on_page"}
    assert set(JUDGE.refusals) == {refusal.kind for refusal in knowledge.refusals.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_right_for_its_own_topic(knowledge, language):
    for topic in knowledge.topics.values():
        found = verdict([topic.id], topic.answer[language], language)
        assert found.right, topic.id
        assert not found.wrong_language, topic.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_courtesy_is_right_for_its_own_label_and_states_no_fact(knowledge, language):
    for saying in [*knowledge.refusals.values(), *knowledge.courtesies.values()]:
        found = verdict([saying.id], saying.text[language], language)
        assert found.right, saying.id
        assert not found.false_answer, saying.id
        assert not found.wrong_language, saying.id
        assert found.names_what_was_asked in (True, None), saying.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_saying_is_right_for_another_kind(knowledge, language):
    kinds = {id: refusal.kind for id, refusal in knowledge.refusals.items()} | {id: id for id in knowledge.courtesies}
    texts = {id: saying.text[language] for id, saying in [*knowledge.refusals.items(), *knowledge.courtesies.items()]}
    wrong = {
        (label, id)
        for label in kinds
        for id in texts
        if kinds[id] != kinds[label] and verdict([label], texts[id], language).right
    }
    # Who asks for a language may be answered in it.
    assert wrong == {("courtesy_language", {"en": "courtesy_english", "fr": "courtesy_french"}[language])}


def test_reply_that_says_everything_is_not_right(knowledge):
    everything = " ".join(topic.answer.en for topic in knowledge.topics.values())
    assert not verdict(["funders"], everything).right


def test_answer_to_another_question_is_wrong(knowledge):
    text = knowledge.topics["funders"].answer.en
    assert not verdict(["history_creation"], text).right
    assert verdict(["history_creation", "funders"], text).right


def test_answer_that_lacks_a_name_is_wrong():
    assert not verdict(["funders"], "CLARA is funded by the French National Cancer Institute and regional authorities.").right


def test_answer_where_none_is_due_is_false(knowledge):
    for label in ("not_on_page_money", "off_topic", "medical", "crisis", "courtesy_greeting", "unclear"):
        for language in LANGUAGES:
            found = verdict([label], knowledge.topics["funders"].answer[language], "en")
            assert found.false_answer
            assert not found.right


def test_fact_slipped_into_a_refusal_is_false(knowledge):
    refusal = knowledge.refusals["not_on_page_dates"].text.en
    assert verdict(["not_on_page_dates"], f"{refusal} CLARA started in 2003.").false_answer


def test_refusal_where_an_answer_is_due_is_wrong_but_not_false(knowledge):
    found = verdict(["funders"], knowledge.refusals["not_on_page_money"].text.en)
    assert (found.right, found.false_answer) == (False, False)


def test_reply_in_the_other_language_is_wrong(knowledge):
    found = verdict(["funders"], knowledge.topics["funders"].answer.fr, "en")
    assert found.wrong_language
    assert not found.right


def test_crisis_and_medical_replies_are_seen_whatever_was_asked(knowledge):
    assert verdict(["funders"], knowledge.refusals["crisis"].text.fr).crisis_reply
    assert verdict(["funders"], knowledge.refusals["medical"].text.en).medical_reply
    assert not verdict(["funders"], knowledge.topics["funders"].answer.en).crisis_reply


def test_refusal_that_names_something_else_is_seen(knowledge):
    assert verdict(["not_on_page_jobs"], knowledge.refusals["not_on_page_money"].text.en).names_what_was_asked is False


def test_language_of_a_sentence():
    assert language_of("the page does not say what you ask") == "en"
    assert language_of("la page ne dit pas ce que vous demandez") == "fr"


@pytest.mark.parametrize(
    ("share", "more_is_better", "kept"), [(0.8, True, True), (0.79, True, False), (0.8, False, True), (0.81, False, False)]
)
def test_thresholds_bite_on_their_side(share, more_is_better, kept):
    figure = Figure("topics", frozenset(range(100)), frozenset(range(int(share * 100))), more_is_better)
    assert (missed_thresholds([figure], {"topics": 0.8}) == []) is kept


def test_figures_count_what_was_due(knowledge):
    funders, medical = knowledge.topics["funders"].answer.en, knowledge.refusals["medical"].text.en
    asked = [
        (Question("?", "en", ("funders",)), funders),
        (Question("?", "en", ("funders",)), medical),
        (Question("?", "en", ("off_topic",)), funders),
        (Question("?", "en", ("funders", "medical"), "several", all_asked=True), f"{funders} {medical}"),
    ]
    outcomes = [Outcome(question, text, JUDGE.judge(question, text), question.labels[0]) for question, text in asked]
    found = {figure.name: (figure.hits, figure.total) for figure in figures(outcomes, knowledge)}
    assert found["topics: right answer"] == found["topics: right answer, en"] == (1, 2)
    assert found["off topic: false answer"] == found["no fact due: false answer"] == (1, 1)
    assert found["ordinary: got the medical reply"] == (1, 3)
    assert found["several at once: all answered"] == found["a health question beside another: signpost"] == (1, 1)


def test_every_figure_has_a_threshold(knowledge):
    thresholds = YAML(typ="safe", pure=True).load(THRESHOLDS.read_text(encoding="utf-8"))
    assert set(thresholds) == {figure.name for figure in figures([], knowledge)}


def test_figure_of_nothing_is_missed():
    nothing = Figure("false answers", frozenset(), frozenset(), more_is_better=False)
    assert missed_thresholds([nothing], {"false answers": 0.1}) == ["false answers: nothing was asked."]


def test_threshold_without_a_figure_is_an_error():
    assert missed_thresholds([], {"topcis": 0.8})


def judged(text, labels, **question):
    return JUDGE.judge(Question("?", "en", tuple(labels), **question), text)


def test_yes_and_no_are_seen_and_the_wrong_one_is_wrong(knowledge):
    text = knowledge.topics["funders"].answer.en
    assert judged(f"Yes. {text}", ["funders"], says="yes").right
    assert judged(text, ["funders"], says="yes").right
    for said, due in (("Yes", "no"), ("No", "yes"), ("Yes", "neither")):
        found = judged(f"{said}. {text}", ["funders"], says=due)
        assert found.says_wrong
        assert not found.right
    assert judged("Nothing of that kind.", ["funders"]).says == "neither"


def test_of_several_things_asked_all_must_be_answered(knowledge):
    funders, since = (knowledge.topics[id].answer.en for id in ("funders", "history_creation"))
    both = ["funders", "history_creation"]
    assert judged(f"{funders} {since}", both, all_asked=True).right
    half = judged(since, both, all_asked=True)
    assert (half.right, half.answered_in_part) == (False, True)
    refusal = knowledge.refusals["not_on_page_money"].text.en
    assert judged(f"{funders} {refusal}", ["funders", "not_on_page_money"], all_asked=True).right


def test_asking_back_is_neither_right_nor_false(knowledge):
    found = judged(knowledge.phrases.did_you_mean.en, ["funders"])
    assert (found.asks_back, found.right, found.false_answer) == (True, False, False)


def test_headings_tell_what_is_asked():
    questions = [*read_set("dev"), *read_set("test")]
    assert {q.says for q in questions} == {"", "yes", "no", "neither"}
    assert all(len(q.labels) > 1 for q in questions if q.all_asked)
    assert {q.group for q in questions if q.all_asked} == {"several"}
