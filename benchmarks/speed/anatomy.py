"""Where a millisecond goes: what each part of the assistant takes of a message, in this process, without HTTP."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import GraphNode
from threadpoolctl import threadpool_limits

from benchmarks.server import MESSAGE_SECONDS
from benchmarks.speed.measures import FIRST_TURNS, QUESTIONS
from clara.assistant import endpoints, trained_model
from clara.channels import CONSOLE
from clara.channels.asking import ask
from clara.channels.collector import ReplyCollector
from clara.in_process import InProcessActions
from clara.logs import configure_logging
from clara.settings import Settings
from clara.stores import DiscreetTrackerStore

ROUNDS = 5
READ, WRITE, ACTION, REST = "reading the conversation", "keeping the conversation", "the action", "the rest of Rasa"
ALL = "all"
UNAVOIDABLE = ("UniversalSentenceEncoder", "E5Encoder", "IntentClassifier")

Parts = dict[str, float]  # seconds of one message, by part


def anatomy(settings: Settings, folder: Path) -> Parts:
    """The median seconds that each part takes of a message early in a conversation, and that of the whole (ALL).

    REST is what no part took.

    Args:
        settings: which assistant.
        folder: for its database.
    """
    configure_logging(logging.WARNING)
    settings = replace(settings, conversations=folder / "anatomy.db")
    with threadpool_limits(1, user_api="blas"):  # as the server has it
        messages = asyncio.run(_take_apart(settings))
    parts = sorted({part for message in messages for part in message})
    return {part: median(message.get(part, 0.0) for message in messages) for part in parts}


async def _take_apart(settings: Settings) -> list[Parts]:
    agent = await load_agent(model_path=trained_model(settings), endpoints=endpoints(settings))
    await _put(agent, QUESTIONS[0], "warm-up")
    messages = []
    with _timed_parts() as taken:
        for number in range(ROUNDS * len(QUESTIONS)):
            taken.clear()
            started = time.perf_counter()
            await _put(agent, QUESTIONS[number % len(QUESTIONS)], f"conversation {number // FIRST_TURNS}")
            whole = time.perf_counter() - started
            messages.append({**taken, REST: whole - sum(taken.values()), ALL: whole})
    return messages


async def _put(agent: Agent, question: str, conversation: str) -> None:
    message = UserMessage(question, ReplyCollector(CONSOLE), conversation, input_channel=CONSOLE)
    await ask(agent.handle_message, message, MESSAGE_SECONDS)


@contextmanager
def _timed_parts() -> Iterator[defaultdict[str, float]]:
    """Yields the seconds that each part has taken since it was last emptied."""
    taken: defaultdict[str, float] = defaultdict(float)

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(node: GraphNode, *inputs: Any) -> Any:
            started = time.perf_counter()
            try:
                return work(node, *inputs)
            finally:
                taken[node._component_class.__name__] += time.perf_counter() - started

        return run

    def awaited(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        async def run(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return await work(*arguments, **named)
            finally:
                taken[part] += time.perf_counter() - started

        return run

    with (
        patch.object(GraphNode, "__call__", timed(GraphNode.__call__)),
        patch.object(DiscreetTrackerStore, "retrieve", awaited(READ, DiscreetTrackerStore.retrieve)),
        patch.object(DiscreetTrackerStore, "save", awaited(WRITE, DiscreetTrackerStore.save)),
        patch.object(InProcessActions, "request", awaited(ACTION, InProcessActions.request)),
    ):
        yield taken
