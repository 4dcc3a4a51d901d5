"""What is measured; each gives plain figures, in seconds, messages a second or bytes."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from benchmarks.speed.systems import Client, Running
from clara.knowledge import LANGUAGES, Knowledge

Figure = TypeVar("Figure")

CLIENTS = 8
CONVERSATIONS = 1000

# As visitors ask, in both languages and at several lengths; where the two don't answer alike, a question is left out.
QUESTIONS = (
    "Who funds CLARA?",
    "Who gives the money for all of this, please?",
    "When was CLARA created, and by whom was it launched?",
    "What does CLARA stand for?",
    "What is the mission of the cluster?",
    "Can you tell me how many projects have been certified since the beginning?",
    "What are the technological platforms for?",
    "Which region does CLARA work in?",
    "Qui finance le CLARA ?",
    "D’où vient l’argent du Cancéropôle ?",
    "En quelle année le CLARA a-t-il été créé ?",
    "Que veut dire CLARA ?",
    "Quelle est la mission du Cancéropôle ?",
    "Combien de projets ont été labellisés jusqu’à présent ?",
    "À quoi servent les plateformes technologiques ?",
    "Dans quelle région travaillez-vous ?",
)
FIRST_TURNS = 5


def answered_alike(knowledge: Knowledge, one: Running, other: Running) -> list[str]:
    """The questions to which both answer the same topic, in whichever language: they then do the same work."""
    topics = {topic.answer[language]: id for id, topic in knowledge.topics.items() for language in LANGUAGES}

    def topic(running: Running, question: str) -> str | None:
        answer, *_ = running.begin().ask(question).split("\n")  # a line that names the source may follow
        return topics.get(answer)

    return [question for question in QUESTIONS if topic(one, question) == topic(other, question) is not None]


def first_turns(running: Running, questions: Sequence[str]) -> list[float]:
    """Seconds of each message of conversations of FIRST_TURNS messages."""
    seconds = []
    for start in range(0, 2 * len(QUESTIONS), FIRST_TURNS):
        client = running.begin()
        for turn in range(start, start + FIRST_TURNS):
            seconds.append(timed(client, questions[turn % len(questions)]))
    return seconds


def long_conversation(running: Running, questions: Sequence[str], turns: int) -> list[float]:
    """Seconds of each message of one conversation."""
    client = running.begin()
    return [timed(client, questions[turn % len(questions)]) for turn in range(turns)]


def throughput(running: Running, questions: Sequence[str], messages: int) -> float:
    """Messages a second, asked by CLIENTS at once, so many each."""

    def talk(client: Client, offset: int) -> None:
        for turn in range(messages):
            timed(client, questions[(offset + turn) % len(questions)])

    clients = [running.begin() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as threads:
        started = time.perf_counter()
        list(threads.map(talk, clients, range(CLIENTS)))
        return CLIENTS * messages / (time.perf_counter() - started)


def memory_after(running: Running, questions: Sequence[str], conversations: int) -> int:
    """Bytes, after so many conversations of a message."""
    for number in range(conversations):
        timed(running.begin(), questions[number % len(questions)])
    return running.memory()


def timed(client: Client, question: str) -> float:
    """Seconds that a message takes; RuntimeError where nothing comes back: silence is quick."""
    started = time.perf_counter()
    reply = client.ask(question)
    seconds = time.perf_counter() - started
    if not reply:
        raise RuntimeError(f"{question!r} got no reply.")
    return seconds


def installed_bytes(folder: Path) -> int:
    """Bytes of the files of an environment, without the bytecode, which not everybody compiles."""
    files = (Path(path) / name for path, _, names in os.walk(folder) if "__pycache__" not in path for name in names)
    return sum(file.lstat().st_size for file in files)


def our_installed_bytes(root: Path, uv: str) -> int:
    """Bytes of our environment without the tools of development: made for the purpose, with uv."""
    with tempfile.TemporaryDirectory() as folder:
        command = [uv, "sync", "--quiet", "--frozen", "--no-dev", "--link-mode", "hardlink"]
        subprocess.run(command, cwd=root, env={**os.environ, "UV_PROJECT_ENVIRONMENT": folder}, check=True)
        return installed_bytes(Path(folder))


def seconds_of(command: Sequence[str], root: Path) -> float:
    """Seconds that a command takes; subprocess.CalledProcessError where it fails."""
    started = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - started


def alternately(rounds: int, *measures: Callable[[], Figure]) -> list[list[Figure]]:
    """The figures of each measure, taken in turns: what slows the machine down meanwhile meets all of them."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [list(figures) for figures in zip(*taken)]
