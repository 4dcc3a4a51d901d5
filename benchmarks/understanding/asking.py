"""Asks the questions of a set: what each visitor says, and what came of it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, zip_longest

from benchmarks.server import Visitor, running_server
from benchmarks.understanding.confusions import ASKED_BACK
from benchmarks.understanding.figures import Outcome, kind_of
from benchmarks.understanding.judge import Judge
from benchmarks.understanding.noise import noisy
from benchmarks.understanding.progress import progress
from benchmarks.understanding.sets import Question, read_dialogues, read_set
from clara.knowledge import Knowledge

NOISY_EVERY = 3  # of the questions that a topic answers; all of them would take minutes more


def conversations(name: str, knowledge: Knowledge) -> list[list[Question]]:
    """What each visitor says, in turn: questions by themselves, with and without slips, and dialogues."""
    questions = read_set(name)
    topics = [q for q in questions if q.group == "questions" and kind_of(q.labels[0], knowledge) == "topic"]
    return [*([question] for question in [*questions, *noisy(topics[::NOISY_EVERY])]), *read_dialogues(name)]


def ask_all(conversations: list[list[Question]]) -> list[Outcome]:
    """Hold the conversations, with an assistant a core; the outcomes stand in the conversations' order."""
    cores = os.cpu_count() or 1
    judge = Judge()
    with progress("asking", sum(map(len, conversations))) as step, ThreadPoolExecutor(cores) as pool:
        held = list(pool.map(lambda core: hold(judge, conversations[core::cores], step), range(cores)))
    in_turn = chain.from_iterable(zip_longest(*held, fillvalue=[]))
    return list(chain.from_iterable(in_turn))


def hold(judge: Judge, conversations: list[list[Question]], step: Callable[[], None]) -> list[list[Outcome]]:
    """Hold conversations with an assistant started for them, with a step after each message; the outcomes of each."""
    with running_server({"OMP_NUM_THREADS": "1"}) as address:  # the encoders' threads would wait for each other's cores
        visitor = Visitor(address)
        return [_hold_one(judge, visitor, questions, step) for questions in conversations]


def _hold_one(judge: Judge, visitor: Visitor, questions: list[Question], step: Callable[[], None]) -> list[Outcome]:
    visitor.forget()
    outcomes = []
    for turn, question in enumerate(questions):
        reply = visitor.say(question.text)
        verdict = judge.judge(question, reply["text"])
        given = ASKED_BACK if reply["kind"] == ASKED_BACK else reply["topics"][0]
        before = tuple(earlier.text for earlier in questions[:turn])
        outcomes.append(Outcome(question, reply["text"], verdict, given, tuple(reply["suggestions"]), before))
        step()
    return outcomes
