"""A console for staff: type a question, read the reply, its kind and its sources."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from clara.assistant import console_agent
from clara.channels import CONSOLE
from clara.channels.collector import ReplyCollector
from clara.channels.offering import chosen
from clara.knowledge import LANGUAGES, Phrases, load_knowledge
from clara.logs import configure_logging
from clara.settings import Settings

WELCOME = "Ask CLARA. Type a question, or the number of a suggestion. /stop or Ctrl-D ends."


def run_shell(settings: Settings) -> None:
    """Talk until the person stops; ClaraError where the model is missing, damaged or can't be loaded."""
    configure_logging(logging.ERROR)
    phrases = load_knowledge(settings.knowledge).phrases
    asyncio.run(_converse(settings, phrases))


async def _converse(settings: Settings, phrases: Phrases) -> None:
    agent = await console_agent(settings)
    session = uuid.uuid4().hex
    print(WELCOME)
    suggestions: Sequence[str] = ()
    language = LANGUAGES[0]
    while (line := read_line(input)) is not None:
        question = chosen(line, suggestions)
        if not question:
            continue
        replies = await ask(agent, question, session)
        if not replies:
            print(phrases.apology[language])
        for reply in replies:
            print(show(reply, phrases))
            suggestions, language = reply["suggestions"], reply["language"]


async def ask(agent: Agent, question: str, session: str) -> list[dict[str, Any]]:
    """Put a question; the replies as ReplyCollector keeps them."""
    collector = ReplyCollector(CONSOLE)
    await agent.handle_message(UserMessage(question, collector, session, input_channel=CONSOLE))
    return collector.replies


def read_line(read: Callable[[str], str]) -> str | None:
    """The next line, or None where the person wants to stop."""
    try:
        line = read("\n> ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return None
    return None if line == "/stop" else line


def show(reply: dict[str, Any], phrases: Phrases) -> str:
    """A reply as lines of text: what is said, its kind, the passages it rests on, numbered suggestions."""
    label = phrases.passage_in_english[reply["language"]]
    lines = [reply["text"], f"  [{reply['kind']}: {', '.join(reply['topics'])}]"]
    lines += [f"  {label}, § {source['paragraph']}: “{source['text']}”" for source in reply["sources"]]
    lines += [f"  {number}. {question}" for number, question in enumerate(reply["suggestions"], start=1)]
    return "\n".join(lines)
