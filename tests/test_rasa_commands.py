"""Rasa's own commands work on this project as on any other."""

import json
import os
import subprocess
import time
from collections.abc import Iterator

import pytest
import requests
from standard import RASA, standard_server

from benchmarks.server import Visitor
from clara.settings import ROOT, read_settings
from clara.training import current_model

ENVIRONMENT = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
QUESTIONS = [
    "Who funds CLARA?",
    "le siric lyrick, cest quoi",
    "Who answers the phone at your front desk?",
    "My scan shows a shadow, should I be afraid?",
    "Bonjour",
    "qsdfjklm qsdf",
]


def rasa(*arguments):
    return subprocess.run([*RASA, *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=600)


def test_data_is_valid():
    """Of Rasa's warnings, one doesn't count: a follow-up rightly means several things."""
    result = rasa("data", "validate")
    told = result.stdout + result.stderr
    assert result.returncode == 0, told
    warnings = [line for line in told.splitlines() if "UserWarning: " in line]
    assert all("was found labeled with multiple different intents" in line for line in warnings), told


def test_stories_are_followed(trained, tmp_path):
    model = str(current_model(read_settings({})))
    result = rasa(
        "test",
        "core",
        "--stories",
        "tests/test_stories.yml",
        "--model",
        model,
        "--out",
        str(tmp_path),
        "--fail-on-prediction-errors",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["conversation_accuracy"] == {"accuracy": 1.0, "correct": 6, "with_warnings": 0, "total": 6}


def test_story_that_is_wrong_is_seen(trained, tmp_path):
    """The test above can fail."""
    stories = (ROOT / "tests" / "test_stories.yml").read_text().replace("action_answer", "action_refuse", 1)
    (tmp_path / "test_stories.yml").write_text(stories)
    model = str(current_model(read_settings({})))
    result = rasa(
        "test", "core", "--stories", str(tmp_path), "--model", model, "--out", str(tmp_path), "--fail-on-prediction-errors"
    )
    assert result.returncode != 0


@pytest.fixture(scope="module")
def standard_way(trained) -> Iterator[str]:
    with standard_server() as address:
        yield address


@pytest.mark.parametrize("question", QUESTIONS)
def test_standard_way_gives_the_same_replies(standard_way, address, question):
    # Rasa opens the port before the model is loaded: the first message may have to wait.
    for _ in range(60):
        response = requests.post(f"{standard_way}/chat/messages", json={"message": question}, timeout=60)
        if response.status_code == 200:
            break
        time.sleep(1)
    assert response.status_code == 200
    (reply,), other = response.json()["replies"], Visitor(address).say(question)
    assert {**reply, "id": ""} == {**other, "id": ""}  # which each message has its own


def test_rest_channel_names_the_source_in_its_text(address):
    body = {"sender": "test_rest_channel", "message": "Who funds CLARA?"}
    (reply,) = requests.post(f"{address}/webhooks/rest/webhook", json=body, timeout=60).json()
    assert reply["text"].splitlines()[1] == "Source: CLARA’s About page, paragraph 1."
    assert reply["buttons"][0]["payload"] == reply["buttons"][0]["title"]
