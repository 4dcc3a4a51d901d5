"""The console, part by part, and once as a person uses it."""

import os
import subprocess
import sys

from clara.settings import ROOT
from clara.shell import read_line, show

REPLY = {
    "text": "Le CLARA s’inscrit dans le cadre des Plans cancer.",
    "kind": "answer",
    "topics": ["history_cancer_plans"],
    "language": "fr",
    "sources": [{"text": "It is part of the French National Cancer Plans", "paragraph": 1}],
    "suggestions": ["Qui a lancé le CLARA ?", "Qui finance le CLARA ?"],
}


def test_show_has_text_kind_source_and_numbered_suggestions(knowledge):
    assert show(REPLY, knowledge.phrases).splitlines() == [
        "Le CLARA s’inscrit dans le cadre des Plans cancer.",
        "  [answer: history_cancer_plans]",
        "  passage d’origine en anglais, § 1: “It is part of the French National Cancer Plans”",
        "  1. Qui a lancé le CLARA ?",
        "  2. Qui finance le CLARA ?",
    ]


def test_reading_stops_at_the_end_of_input_at_ctrl_c_and_on_demand():
    def raises(error):
        def read(prompt):
            raise error

        return read

    assert read_line(raises(EOFError)) is None
    assert read_line(raises(KeyboardInterrupt)) is None
    assert read_line(lambda prompt: " /stop ") is None
    assert read_line(lambda prompt: " who? ") == "who?"


def test_shell_talks_in_both_languages_quietly(trained):
    said = subprocess.run(
        [sys.executable, "-m", "clara", "shell"],
        cwd=ROOT,
        input="Who funds CLARA?\n1\n\nQu'est-ce que le SIRIC LYric ?\n/stop\n",
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert said.returncode == 0
    assert "French National Cancer Institute, regional authorities" in said.stdout
    assert "[answer: history_launch]" in said.stdout  # the first suggestion, by its number
    assert "Le SIRIC LYric est" in said.stdout
    assert said.stderr == ""
