"""Whether the assistant answers: not whether a process is there, for Rasa stays up and silent when it can't."""

import asyncio
import logging
import secrets
import time

from rasa.core.channels.channel import UserMessage

from clara.channels import HEALTH
from clara.channels.collector import ReplyCollector
from clara.channels.guard import OnNewMessage
from clara.knowledge import LANGUAGES, Topic
from clara.live import LiveKnowledge

logger = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 7.0


class Health:
    """Asks the assistant a question whose answer is known, at most once in a while, however often it is asked itself.

    Each question is a conversation of its own, which the tracker store writes and takes out again.
    """

    def __init__(self, on_new_message: OnNewMessage, live: LiveKnowledge, seconds: float) -> None:
        """Nothing is known yet.

        Args:
            on_new_message: hands a message to the assistant.
            live: holds the question and its answer: the first topic's.
            seconds: how long a finding holds.
        """
        self._on_new_message = on_new_message
        self._live = live
        self._seconds = seconds
        self._lock = asyncio.Lock()
        self._well: bool | None = None
        self._until = 0.0

    async def check(self) -> bool:
        """Whether the right answer came back, now or within the last seconds."""
        async with self._lock:
            if time.monotonic() >= self._until:
                well = await self._ask()
                if well != self._well:
                    self._report(well)
                self._well, self._until = well, time.monotonic() + self._seconds
            return bool(self._well)

    def _report(self, well: bool) -> None:
        if not well:
            logger.error("The assistant doesn't answer as it should.")
        elif self._well is False:
            logger.warning("The assistant is well again.")

    async def _ask(self) -> bool:
        language, topic = LANGUAGES[0], self._topic()
        collector, sender = ReplyCollector(HEALTH), f"{HEALTH}-{secrets.token_hex(8)}"
        question = UserMessage(topic.suggestion[language], collector, sender, input_channel=HEALTH)
        try:
            await asyncio.wait_for(self._on_new_message(question), SECONDS_TO_ANSWER)
        except Exception:
            logger.debug("Why the health check failed:", exc_info=True)
            return False
        right = {topic.answer[language], self._topic().answer[language]}  # new words may have come meanwhile
        return len(collector.replies) == 1 and collector.replies[0]["text"] in right

    def _topic(self) -> Topic:
        return next(iter(self._live.current.topics.values()))
