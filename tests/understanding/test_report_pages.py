"""The pages: what they show, what they never show, and that they need nothing but themselves."""

import re

import pytest
from runs import figure, outcome, report

from benchmarks.understanding.comparison import Change, run_of
from benchmarks.understanding.confusions import misses
from benchmarks.understanding.page import faults, word, write_misses_page, write_report_page

GOOD, BAD = [outcome(True, f"Question {n}?") for n in range(20)], [outcome(n > 7, f"Question {n}?") for n in range(20)]
HTML = "<script>alert('Who pays?')</script> & <b>why</b>"


def accepted(outcomes):
    return run_of(outcomes, [figure([one.verdict.right for one in outcomes])])


@pytest.fixture
def page(tmp_path, knowledge):
    """The page of a run; arguments as report()'s."""

    def page(*arguments, **others):
        write_report_page(tmp_path / "page.html", report(*arguments, **others), knowledge)
        return (tmp_path / "page.html").read_text(encoding="utf-8")

    return page


@pytest.fixture
def misses_page(tmp_path):
    def misses_page(outcomes):
        write_misses_page(tmp_path / "page.html", "a model", [figure([True])], misses(outcomes))
        return (tmp_path / "page.html").read_text(encoding="utf-8")

    return misses_page


def test_good_run_is_told_so(page):
    told = page(GOOD, accepted(GOOD))
    assert "<strong>Yes.</strong>" in told
    assert "Every threshold is kept: 1 of 1." in told
    assert "No figure is clearly worse than in the last accepted run." in told


def test_missed_threshold_is_told_first(page):
    told = page(BAD, accepted(BAD), threshold=0.9)
    assert "<strong>No.</strong>" in told
    assert "topics: 60.0%, the threshold is 90.0%." in told


def test_regression_is_told_first(page):
    told = page(BAD, accepted(GOOD))
    assert "<strong>No.</strong>" in told
    assert "topics: 8 questions got worse, 0 better (p = 0.004)." in told


def test_run_on_other_questions_is_told_to_be_accepted(page):
    told = page(GOOD, accepted(BAD[:5]))
    assert "<strong>Yes.</strong>" in told
    assert "There is nothing to compare with" in told
    assert "not compared" in told


def test_difference_is_signed_and_in_words(page):
    told = page(BAD, accepted(GOOD))
    assert "▼▼ clearly worse" in told
    assert "−8 questions, −40.0 points" in told
    assert "0 better, 8 worse" in told


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([True] * 9, [True] * 9, "same"),
        ([True, False], [False, True], "as good"),
        ([True, False, False], [False, True, True], "better"),
        ([True], [False], "worse"),
        ([True] * 9, [False] * 9, "clearly worse"),
    ],
)
def test_change_in_a_word(before, now, expected):
    assert word(Change(figure(now), figure(before))) == expected


def test_text_of_a_question_is_not_on_the_page_of_a_run(page):
    told = page([outcome(False, "Who is the marker?", given="medical", reply="The marker is.", before=("Hello marker",))])
    assert "medical" in told
    assert "marker" not in told


def test_misses_stand_with_question_and_reply(misses_page):
    told = misses_page([outcome(False, "Who pays?", given="medical", reply="See a doctor.", before=("What is it?",)), outcome()])
    assert "funders: taken for medical (1)" in told
    for text in ("Who pays?", "See a doctor.", "What is it?"):
        assert text in told


def test_html_in_a_question_is_text(misses_page):
    told = misses_page([outcome(False, HTML, reply=HTML, before=(HTML,))])
    assert told.count("&lt;script&gt;alert(") == 3
    assert "<script" not in told


def test_faults_of_a_reply_in_words():
    assert faults(outcome(False)) == ["not what is due"]
    assert faults(outcome(False, false_answer=True, wrong_language=True)) == ["false answer", "wrong language"]
    assert faults(outcome(False, says="no", says_wrong=True)) == ["says no"]


def test_pages_fetch_nothing(page, misses_page):
    for told in (page(BAD, accepted(GOOD)), misses_page(BAD)):
        assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", told)
        assert "default-src 'none'" in told
