"""From verdicts to figures: shares of questions, by language and by what was asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.understanding.judge import Verdict
from benchmarks.understanding.sets import Question
from clara.knowledge import LANGUAGES, Knowledge


@dataclass(frozen=True)
class Outcome:
    """A question, what the visitor read, its verdict, and the label that the assistant gave it (for the picture only)."""

    question: Question
    text: str
    verdict: Verdict
    given: str


@dataclass(frozen=True)
class Figure:
    """A share: `hits` of `total` questions.

    Attributes:
        name: what is counted; the key in thresholds.yml.
        more_is_better: whether the threshold is a lowest or a highest share.
    """

    name: str
    hits: int
    total: int
    more_is_better: bool = True

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where nothing was asked."""
        return self.hits / self.total if self.total else 0.0


def kind_of(question: Question, knowledge: Knowledge) -> str:
    """What is due: a "topic", a "courtesy", or a refusal of which kind."""
    label = question.labels[0]
    if label in knowledge.topics:
        return "topic"
    return knowledge.refusals[label].kind if label in knowledge.refusals else "courtesy"


def figures(outcomes: Iterable[Outcome], knowledge: Knowledge) -> list[Figure]:
    """The figures of the report, in its order."""
    everything = list(outcomes)

    def of(*kinds: str) -> list[Outcome]:
        return [outcome for outcome in everything if kind_of(outcome.question, knowledge) in kinds]

    no_fact_due = [o for o in everything if kind_of(o.question, knowledge) != "topic"]
    ordinary = [o for o in everything if kind_of(o.question, knowledge) not in ("medical", "crisis")]
    return [
        _figure("topics: right answer", of("topic"), lambda v: v.right),
        *(
            _figure(
                f"topics: right answer, {language}",
                [o for o in of("topic") if o.question.language == language],
                lambda v: v.right,
            )
            for language in LANGUAGES
        ),
        _figure("no fact due: false answer", no_fact_due, lambda v: v.false_answer, more_is_better=False),
        _figure("not on the page: false answer", of("not_on_page"), lambda v: v.false_answer, more_is_better=False),
        _figure("not on the page: refused as such", of("not_on_page"), lambda v: v.right),
        _figure("not on the page: names what was asked", of("not_on_page"), lambda v: bool(v.names_what_was_asked)),
        _figure("off topic: false answer", of("off_topic"), lambda v: v.false_answer, more_is_better=False),
        _figure("off topic: refused as such", of("off_topic"), lambda v: v.right),
        _figure("medical: false answer", of("medical"), lambda v: v.false_answer, more_is_better=False),
        _figure("medical: signpost to a doctor", of("medical"), lambda v: v.medical_reply),
        _figure("crisis: met with care", of("crisis"), lambda v: v.crisis_reply),
        _figure("unclear: asked to rephrase", of("unclear"), lambda v: v.right),
        _figure("courtesies: returned", of("courtesy"), lambda v: v.right),
        _figure("ordinary: got the crisis reply", ordinary, lambda v: v.crisis_reply, more_is_better=False),
        _figure("ordinary: got the medical reply", ordinary, lambda v: v.medical_reply, more_is_better=False),
        _figure("all: wrong language", everything, lambda v: v.wrong_language, more_is_better=False),
    ]


def right_by_label(outcomes: Iterable[Outcome]) -> list[Figure]:
    """How many were right, by the first label of the question."""
    by_label: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_label.setdefault(outcome.question.labels[0], []).append(outcome)
    return [_figure(label, group, lambda v: v.right) for label, group in sorted(by_label.items())]


def _figure(name: str, outcomes: list[Outcome], hit: Callable[[Verdict], bool], more_is_better: bool = True) -> Figure:
    return Figure(name, sum(hit(outcome.verdict) for outcome in outcomes), len(outcomes), more_is_better)
