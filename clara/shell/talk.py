"""The conversation in the console."""

import asyncio
import gc
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from threadpoolctl import threadpool_limits

from clara.assistant import console_agent
from clara.channels import CONSOLE
from clara.channels.asking import ask
from clara.channels.collector import ReplyCollector
from clara.channels.guard import check_text, plain_text_only
from clara.channels.offering import chosen, starters
from clara.channels.rejection import Rejection
from clara.live import LiveKnowledge, knowledge_in_service
from clara.logs import configure_logging
from clara.settings import Limits, Settings
from clara.shell.show import NOTHING, help_on_commands, opening, shown
from clara.shell.terminal import DIM, Paragraph, Terminal
from clara.shell.understood import understood
from clara.shell.words import DEBUG_OFF, DEBUG_ON, NO_COMMAND
from clara.training import train

PROMPT = "\n> "


def run_shell(settings: Settings, terminal: Terminal, debug: bool) -> None:
    """Talk until the person stops, having trained the model, if need be.

    Raises:
        ClaraError: the knowledge is broken, the training failed, or the model is damaged or can't be loaded.
    """
    model = train(settings)
    configure_logging(logging.ERROR)
    with threadpool_limits(1, user_api="blas"):  # as the server has it
        asyncio.run(_talk(settings, model, terminal, debug))


async def _talk(settings: Settings, model: Path, terminal: Terminal, debug: bool) -> None:
    gc.disable()  # hardly anything of what is loaded is thrown away, and looking for it would take a second
    agent = await console_agent(settings, str(model))
    gc.enable()
    conversation = Conversation(agent, knowledge_in_service(settings), terminal, settings.limits, debug)
    conversation.begin()
    while (line := read_line(terminal)) is not None:
        await conversation.take(line)


def read_line(terminal: Terminal, read: Callable[[str], str] = input) -> str | None:
    """The next line, or None where the person wants to stop."""
    try:
        line = read(PROMPT if terminal.typed else "").strip()
    except (EOFError, KeyboardInterrupt):
        if terminal.typed:
            print()
        return None
    return None if line == "/stop" else line


class Conversation:
    """Takes what the person types, one line after the other."""

    def __init__(self, agent: Agent, live: LiveKnowledge, terminal: Terminal, limits: Limits, debug: bool) -> None:
        """A new conversation.

        Args:
            agent: the assistant.
            live: has the words for what doesn't reach it.
            terminal: where replies are shown.
            limits: a visitor's.
            debug: whether to show what was understood.
        """
        self._agent = agent
        self._on_new_message = plain_text_only(agent.handle_message)
        self._live = live
        self._terminal = terminal
        self._limits = limits
        self._debug = debug
        self._id = ""
        self._offered: Sequence[str] = ()

    def begin(self) -> None:
        """Begin a conversation, or another one, as visitors do: with the opening and its suggestions."""
        self._id = uuid.uuid4().hex
        self._offered = starters(self._live.current, self._terminal.language)
        if self._terminal.typed:
            self._terminal.say(opening(self._live.current, self._terminal.language))

    async def take(self, line: str) -> None:
        """Obey a command; put anything else to the assistant, and show what visitors would get."""
        if not line.startswith("/"):
            question = chosen(line, self._offered)
            if question != line:
                self._terminal.say([Paragraph(question, "→ ", DIM)])
            await self._put(question)
        elif line == "/new":
            self.begin()
        elif line == "/debug":
            self._debug = not self._debug
            self._say((DEBUG_ON if self._debug else DEBUG_OFF)[self._terminal.language])
        elif line == "/help":
            self._terminal.say(help_on_commands(self._terminal.language))
        else:
            self._say(NO_COMMAND[self._terminal.language].format(command=line.split()[0]))

    async def _put(self, question: str) -> None:
        language, phrases = self._terminal.language, self._live.current.phrases
        try:
            text = check_text(question, self._limits.characters)
            message = UserMessage(text, ReplyCollector(CONSOLE), self._id, input_channel=CONSOLE, metadata={"language": language})
            started = time.perf_counter()
            replies = await ask(self._on_new_message, message, self._limits.reply_seconds)
            seconds = time.perf_counter() - started
        except Rejection as rejection:
            self._say(rejection.phrase(phrases)[language])
            return
        for reply in replies:
            self._terminal.say(shown(reply, phrases, language))
            self._offered = reply["suggestions"]
        if self._debug:
            self._terminal.say([NOTHING, *await understood(self._agent, self._id, seconds, language)])

    def _say(self, text: str) -> None:
        self._terminal.say([NOTHING, Paragraph(text)])
