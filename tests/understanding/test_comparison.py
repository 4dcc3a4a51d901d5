"""A run beside the accepted one: what got better and worse, question by question, and what is clearly worse."""

import json

import pytest
from runs import figure, outcome

from benchmarks.understanding.comparison import Change, Run, changes, read_run, run_of, write_run
from benchmarks.understanding.figures import Figure


def change(worse, better, same=50, more_is_better=True):
    before = [True] * worse + [False] * better + [True] * same
    now = [False] * worse + [True] * better + [True] * same
    if not more_is_better:
        before, now = ([not hit for hit in run] for run in (before, now))
    return Change(figure(now, more_is_better), figure(before, more_is_better))


@pytest.mark.parametrize("more_is_better", [True, False])
def test_better_and_worse_are_counted_by_the_question(more_is_better):
    found = change(worse=3, better=2, more_is_better=more_is_better)
    assert (found.worse, found.better) == (3, 2)
    assert found.questions == (-1 if more_is_better else 1)
    assert found.points == pytest.approx(-100 / 55 if more_is_better else 100 / 55)


@pytest.mark.parametrize(
    ("worse", "better", "regression"),
    [(0, 0, False), (6, 0, False), (7, 0, True), (0, 50, False), (11, 3, False), (13, 2, True), (76, 50, False), (78, 50, True)],
)
@pytest.mark.parametrize("more_is_better", [True, False])
def test_regression_is_what_chance_does_less_than_once_in_a_hundred_times(worse, better, regression, more_is_better):
    assert change(worse, better, more_is_better=more_is_better).is_regression is regression


def test_questions_that_one_run_only_counts_among_a_figure_are_not_compared():
    before = Figure("asked back", frozenset({1, 2, 3}), frozenset({1, 2, 3}))
    now = Figure("asked back", frozenset({3, 4}), frozenset({4}))
    assert (Change(now, before).worse, Change(now, before).better) == (1, 0)


def test_run_is_read_as_it_was_written(tmp_path):
    written = Run("digest", {one.name: one for one in [figure([True, False, True, True]), figure([], name="of nothing")]})
    write_run(tmp_path / "run.json", written)
    assert read_run(tmp_path / "run.json") == written


def test_file_of_a_run_tells_hits_and_totals_and_no_text(tmp_path):
    outcomes = [outcome(text="Who is the secret patron?"), outcome(False, before=("A secret.",), reply="No secret.")]
    write_run(tmp_path / "run.json", run_of(outcomes, [figure([True, False])]))
    text = (tmp_path / "run.json").read_text()
    assert json.loads(text)["figures"]["topics"] == {"hits": 1, "total": 2, "more_is_better": True, "hit": "0", "asked": "0-1"}
    assert "secret" not in text


def test_there_is_no_run_before_the_first(tmp_path):
    assert read_run(tmp_path / "run.json") is None
    assert changes(run_of([outcome()], []), None) is None


@pytest.mark.parametrize(
    "other",
    [
        [outcome(text="Who pays")],
        [outcome(labels=("medical",))],
        [outcome(), outcome()],
        [outcome(before=("Hello",))],
        [],
    ],
    ids=["text", "what is due", "how many", "what was said before", "none"],
)
def test_other_questions_are_not_compared(other):
    assert changes(run_of(other, [figure([True])]), run_of([outcome()], [figure([True])])) is None


def test_other_replies_to_the_same_questions_are_compared():
    accepted = run_of([outcome(reply="One thing.")], [figure([True])])
    assert changes(run_of([outcome(False, reply="Another.")], [figure([False])]), accepted)["topics"].worse == 1


def test_figure_that_the_accepted_run_had_not_is_not_compared():
    accepted = run_of([outcome()], [figure([True])])
    assert set(changes(run_of([outcome()], [figure([True]), figure([True], name="new")]), accepted)) == {"topics"}
