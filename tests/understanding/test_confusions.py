"""What was taken for what, counted."""

from runs import outcome

from benchmarks.understanding.confusions import (
    ASKED_BACK,
    MOST_CONFUSED,
    OTHERS,
    confusions,
    count_taken,
    matrix_of_kinds,
    matrix_of_labels,
    misses,
)

OUTCOMES = [
    outcome(),
    outcome(False, given="medical"),
    outcome(False, given="history_creation"),
    outcome(False, given=ASKED_BACK, asks_back=True),
    outcome(True, labels=("not_on_page_jobs",), given="not_on_page_money"),
    outcome(False, labels=("not_on_page_jobs",), given="funders", false_answer=True),
    outcome(False, labels=("not_on_page_jobs",), given="funders", false_answer=True),
]


def test_one_of_several_equally_right_labels_is_no_confusion():
    assert confusions([outcome(labels=("funders", "history_launch"), given="history_launch")]) == []


def test_confusions_are_counted_the_worst_first():
    first, *others = confusions(OUTCOMES)
    assert (first.asked, first.given) == ("not_on_page_jobs", "funders")
    assert (first.questions, first.wrong, first.false_answers) == (2, 2, 2)
    assert [one.wrong for one in others] == [1, 1, 1, 0]


def test_matrix_of_kinds_holds_every_question_once(knowledge):
    matrix = matrix_of_kinds(count_taken(OUTCOMES), knowledge)
    topic, not_on_page = matrix.rows[0], matrix.rows[1]
    assert (topic.asked, topic.understood, topic.total) == ("topic", 1, 4)
    assert {column for column, count in zip(matrix.columns, topic.confused) if count == 1} == {"topic", "medical", ASKED_BACK}
    assert (not_on_page.understood, not_on_page.confused[:2]) == (0, (2, 1))
    assert sum(row.total for row in matrix.rows) == len(OUTCOMES)


def test_matrix_of_labels_shows_the_most_confused_and_sums_the_rest_up():
    often = [outcome(False, labels=(f"asked {n}",), given=f"given {n}") for n in range(MOST_CONFUSED + 5) for _ in range(100 - n)]
    matrix = matrix_of_labels(count_taken([*often, outcome(False, labels=("asked 0",), given=f"given {MOST_CONFUSED + 1}")]))
    assert [row.asked for row in matrix.rows] == [f"asked {n}" for n in range(MOST_CONFUSED)]
    assert matrix.columns == (*(f"given {n}" for n in range(MOST_CONFUSED)), OTHERS)
    assert (matrix.rows[0].confused[0], matrix.rows[0].confused[-1], matrix.rows[0].total) == (100, 1, 101)


def test_misses_are_wrong_replies_and_those_in_the_wrong_language():
    wrong_language = outcome(wrong_language=True)
    found = misses([*OUTCOMES, wrong_language])
    assert next(iter(found)) == ("not_on_page_jobs", "funders")
    assert found["funders", "funders"] == [wrong_language]
    assert sum(map(len, found.values())) == 6
