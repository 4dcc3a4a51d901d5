"""Measures the assistant on a set of questions: python -m benchmarks.understanding [--set dev]."""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.server import Visitor, running_server
from benchmarks.understanding.curves import draw_curves
from benchmarks.understanding.figures import Outcome, figures, kind_of, right_by_label
from benchmarks.understanding.judge import Judge
from benchmarks.understanding.noise import noisy
from benchmarks.understanding.report import missed_thresholds, table, write_report
from benchmarks.understanding.sets import Question, read_dialogues, read_set
from clara.knowledge import Knowledge, load_knowledge
from clara.settings import ROOT, read_settings

NOISY_EVERY = 3  # of the questions that a topic answers; all of them would take minutes more
THRESHOLDS = Path(__file__).with_name("thresholds.yml")
REPORT = ROOT / "docs" / "understanding"
MISSES = ROOT / "reports" / "dev-misses.txt"


def main() -> int:
    """Ask every question; 0 if no threshold is missed.

    The test set gives figures only. The development set also gives its misses, to be read: they go to MISSES.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--set", choices=("test", "dev"), default="test", help="test: figures, report, thresholds; dev: misses")
    name = parser.parse_args().set
    settings = read_settings()
    knowledge = load_knowledge(settings.knowledge)
    outcomes = ask_all(conversations(name, knowledge))
    found = figures(outcomes, knowledge)
    thresholds: dict[str, float] = YAML(typ="safe", pure=True).load(THRESHOLDS.read_text(encoding="utf-8"))
    overall = table(found, thresholds if name == "test" else {})
    print(overall)
    if name == "dev":
        write_misses(outcomes)
        return 0
    write_report(REPORT, overall, table(right_by_label(outcomes), {}), outcomes)
    plain = [outcome.question for outcome in outcomes if outcome.question.group == "questions"]
    draw_curves(REPORT / "curves.png", plain, knowledge, settings)
    missed = missed_thresholds(found, thresholds)
    print("\n".join(missed) or "\nEvery threshold is kept.")
    return 1 if missed else 0


def conversations(name: str, knowledge: Knowledge) -> list[list[Question]]:
    """What each visitor says, in turn: questions by themselves, with and without slips, and dialogues."""
    questions = read_set(name)
    topics = [q for q in questions if q.group == "questions" and kind_of(q, knowledge) == "topic"]
    return [*([question] for question in [*questions, *noisy(topics[::NOISY_EVERY])]), *read_dialogues(name)]


def ask_all(conversations: list[list[Question]]) -> list[Outcome]:
    """Hold the conversations, with an assistant a core; the outcomes stand in the conversations' order."""
    cores = os.cpu_count() or 1
    shares = [conversations[core::cores] for core in range(cores)]
    with ThreadPoolExecutor(cores) as pool:
        held = list(pool.map(partial(hold, Judge()), shares))
    in_turn = chain.from_iterable(zip_longest(*held, fillvalue=[]))
    return list(chain.from_iterable(in_turn))


def hold(judge: Judge, conversations: list[list[Question]]) -> list[list[Outcome]]:
    """Hold conversations with an assistant started for them; the outcomes of each."""
    with running_server({"OMP_NUM_THREADS": "1"}) as address:  # the encoders' threads would wait for each other's cores
        visitor = Visitor(address)
        return [_hold_one(judge, visitor, questions) for questions in conversations]


def _hold_one(judge: Judge, visitor: Visitor, questions: list[Question]) -> list[Outcome]:
    visitor.forget()
    outcomes = []
    for question in questions:
        reply = visitor.say(question.text)
        verdict = judge.judge(question, reply["text"])
        given = "did_you_mean" if reply["kind"] == "did_you_mean" else reply["topics"][0]
        outcomes.append(Outcome(question, reply["text"], verdict, given, tuple(reply["suggestions"])))
    return outcomes


def write_misses(outcomes: list[Outcome]) -> None:
    """Write each miss of the development set: what was asked, and what came back."""
    MISSES.parent.mkdir(exist_ok=True)
    misses = [o for o in outcomes if not o.verdict.right or o.verdict.wrong_language]
    lines = (
        f"{o.question.group}: {' | '.join(o.question.labels)} {o.question.says} -> {o.given}"
        f"{' FALSE' if o.verdict.false_answer else ''}"
        f"{' LANGUAGE' if o.verdict.wrong_language else ''}\n    {o.question.text}\n    {o.text}"
        for o in misses
    )
    MISSES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(misses)} misses: {MISSES.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
