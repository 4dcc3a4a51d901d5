"""What was taken for what: questions counted by what they asked for and what the assistant took them for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.understanding.figures import Outcome, kind_of
from clara.knowledge import Knowledge
from clara.knowledge.model import REFUSAL_KINDS

Taken = tuple[str, str]  # the label that was asked for, and the one that it was taken for
ASKED_BACK = "did_you_mean"  # the kind of a reply that asks back: taken for a label that nobody asks for
OTHERS = "others"
MOST_CONFUSED = 20  # labels, which a screen has room for


@dataclass(frozen=True)
class Confusion:
    """Questions that asked for one thing and were taken for another.

    Attributes:
        asked, given: the labels of the two.
        questions: how many.
        wrong: how many of them got a wrong reply; another refusal of the same kind is not wrong.
        false_answers: how many got a fact of the page where none was due.
    """

    asked: str
    given: str
    questions: int
    wrong: int
    false_answers: int


@dataclass(frozen=True)
class Row:
    """A row of a matrix: what was asked.

    Attributes:
        asked: a label, or a kind of them.
        understood: how many of the questions were taken for the label that they asked for.
        confused: how many were taken for another one: for each column one of it, or of its kind.
    """

    asked: str
    understood: int
    confused: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many questions there were."""
        return self.understood + sum(self.confused)


@dataclass(frozen=True)
class Matrix:
    """Rows of what was asked, under columns of what it was wrongly taken for."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def taken(outcome: Outcome) -> Taken:
    """What the question of an outcome asked for, and what it was taken for; one of several equally right is no confusion."""
    labels = outcome.question.labels
    return (outcome.given if outcome.given in labels else labels[0]), outcome.given


def count_taken(outcomes: Iterable[Outcome]) -> Counter[Taken]:
    """How many questions were taken so, the right way too."""
    return Counter(map(taken, outcomes))


def confusions(outcomes: Iterable[Outcome]) -> list[Confusion]:
    """The confusions, those with the most wrong replies first."""
    everything = list(outcomes)
    wrong = count_taken(outcome for outcome in everything if not outcome.verdict.right)
    false = count_taken(outcome for outcome in everything if outcome.verdict.false_answer)
    found = [
        Confusion(asked, given, questions, wrong[asked, given], false[asked, given])
        for (asked, given), questions in count_taken(everything).items()
        if asked != given
    ]
    return sorted(found, key=lambda one: (-one.wrong, -one.questions, one.asked, one.given))


def matrix_of_kinds(counts: Mapping[Taken, int], knowledge: Knowledge) -> Matrix:
    """All questions by kinds; on the diagonal stand those that were taken for another label of their own kind."""
    kinds = {label: ASKED_BACK if label == ASKED_BACK else kind_of(label, knowledge) for pair in counts for label in pair}
    rows = ("topic", *REFUSAL_KINDS, "courtesy")
    return _matrix(counts, rows, (*rows, ASKED_BACK), kinds, kinds)


def matrix_of_labels(counts: Mapping[Taken, int]) -> Matrix:
    """The MOST_CONFUSED labels under those that most were wrongly taken for; the last column is what stands in no other."""
    asked, given = Counter[str](), Counter[str]()
    for (label, other), count in counts.items():
        if label != other:
            asked[label] += count
            given[other] += count
    rows, columns = ([label for label, _ in side.most_common(MOST_CONFUSED)] for side in (asked, given))
    column_of = {label: label if label in columns else OTHERS for label in given}
    return _matrix(counts, rows, (*columns, OTHERS), {label: label for label, _ in counts}, column_of)


def _matrix(
    counts: Mapping[Taken, int],
    rows: Iterable[str],
    columns: tuple[str, ...],
    row_of: Mapping[str, str],
    column_of: Mapping[str, str],
) -> Matrix:
    understood, confused = Counter[str](), Counter[Taken]()
    for (asked, given), count in counts.items():
        if asked == given:
            understood[row_of[asked]] += count
        else:
            confused[row_of[asked], column_of[given]] += count
    return Matrix(columns, tuple(Row(row, understood[row], tuple(confused[row, column] for column in columns)) for row in rows))


def misses(outcomes: Iterable[Outcome]) -> dict[Taken, list[Outcome]]:
    """The outcomes that went wrong, by what was taken for what, where most did first."""
    found: dict[Taken, list[Outcome]] = {}
    for outcome in outcomes:
        if not outcome.verdict.right or outcome.verdict.wrong_language:
            found.setdefault(taken(outcome), []).append(outcome)
    return dict(sorted(found.items(), key=lambda group: (-len(group[1]), group[0])))
