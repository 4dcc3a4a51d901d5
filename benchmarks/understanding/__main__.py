"""Measures the assistant on a set of questions: python -m benchmarks.understanding [--set dev | --accept]."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.understanding.asking import ask_all, conversations
from benchmarks.understanding.comparison import Run, changes, read_run, run_of, write_run
from benchmarks.understanding.confusions import confusions, count_taken, misses
from benchmarks.understanding.curves import measure_curves
from benchmarks.understanding.figures import Figure, Outcome, figures, right_by_label
from benchmarks.understanding.page import write_misses_page, write_report_page
from benchmarks.understanding.report import Report
from benchmarks.understanding.summary import table, write_summary
from clara.knowledge import Knowledge, load_knowledge
from clara.settings import ROOT, Settings, read_settings
from clara.training import current_model

THRESHOLDS = Path(__file__).with_name("thresholds.yml")
ACCEPTED = Path(__file__).with_name("accepted.json")
SUMMARY = ROOT / "docs" / "understanding"
PAGES = ROOT / "reports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every question; 0 if no threshold is missed and no figure is a regression, or the run has been accepted.

    The test set gives figures only. The development set also gives its misses, to be read.

    Args:
        arguments: of the command line; those of this process, if None.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--set", choices=("test", "dev"), default="test", help="test: figures, judged; dev: misses, to be read")
    parser.add_argument(
        "--accept", action="store_true", help="later runs are compared with this one; not after a missed threshold"
    )
    chosen = parser.parse_args(arguments)
    if chosen.accept and chosen.set != "test":
        parser.error("runs on the test set are accepted, no others")
    settings = read_settings()
    knowledge = load_knowledge(settings.knowledge)
    outcomes = ask_all(conversations(chosen.set, knowledge))
    found = figures(outcomes, knowledge)
    if chosen.set == "dev":
        return _tell_misses(outcomes, found, settings)
    return _judge(outcomes, found, knowledge, settings, chosen.accept)


def _tell_misses(outcomes: list[Outcome], found: list[Figure], settings: Settings) -> int:
    """Write the page of the development set's misses."""
    page = PAGES / "understanding-dev.html"
    print(table(found, {}))
    write_misses_page(page, current_model(settings).name, found, misses(outcomes))
    print(f"\nThe misses: {page}")
    return 0


def _judge(outcomes: list[Outcome], found: list[Figure], knowledge: Knowledge, settings: Settings, accept: bool) -> int:
    """Write the report of a run on the test set, and tell whether it is good enough."""
    thresholds: dict[str, float] = YAML(typ="safe", pure=True).load(THRESHOLDS.read_text(encoding="utf-8"))
    labels = right_by_label(outcomes)
    run = run_of(outcomes, [*found, *labels])
    plain = [outcome.question for outcome in outcomes if outcome.question.group == "questions"]
    report = Report(
        model=current_model(settings).name,
        figures=found,
        labels=labels,
        thresholds=thresholds,
        changes=changes(run, read_run(ACCEPTED)),
        counts=count_taken(outcomes),
        confusions=confusions(outcomes),
        curves=measure_curves(plain, knowledge, settings),
    )
    page = PAGES / "understanding.html"
    write_summary(SUMMARY, report)
    write_report_page(page, report, knowledge)
    print(f"{table(found, thresholds)}\n\nThe report: {page}")
    print("\n".join(report.missed) or "Every threshold is kept.")
    if report.changes is None:
        print("No run on these very questions has been accepted before: there is nothing to compare with.")
    else:
        print("\n".join(report.regressions) or "Nothing is clearly worse than in the accepted run.")
    if accept:
        return _accept(run, report)
    if report.changes is None and report.is_good:
        print("Accept this one: make evaluate ACCEPT=1")
    return 0 if report.is_good else 1


def _accept(run: Run, report: Report) -> int:
    """Make this the run that later ones are compared with; 1 if it misses a threshold."""
    if report.missed:
        print("It is not accepted: a run that misses a threshold can't be.")
        return 1
    write_run(ACCEPTED, run)
    why = ", and say in its message why a worse run is accepted" if report.regressions else ""
    print(f"Accepted. Commit {ACCEPTED.name} and docs/understanding by themselves{why}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
