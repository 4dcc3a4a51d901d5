"""What a person who writes through a messaging service gets to read."""

import asyncio
import logging
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore

from clara.channels.asking import ask, expect_room
from clara.channels.collector import ReplyCollector
from clara.channels.guard import OnNewMessage, check_text
from clara.channels.messaging.conversations import conversation_id
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.past import Past, past_of
from clara.channels.messaging.recent import Recent
from clara.channels.offering import chosen, starters
from clara.channels.rates import Rates
from clara.channels.rejection import Rejection
from clara.channels.sessions import session_secret
from clara.knowledge import LANGUAGES, Words
from clara.live import LiveKnowledge
from clara.logs import kind_and_place
from clara.settings import Settings

logger = logging.getLogger(__name__)

MAX_SUGGESTIONS = 5
PAST_SECONDS = 2.0  # to read the end of a conversation


class Responder:
    """Answers the messages of one channel, each in its person's conversation, within the limits."""

    def __init__(self, channel: str, settings: Settings, live: LiveKnowledge) -> None:
        """Nobody has written yet.

        Args:
            channel: the channel's name.
            settings: limits, and the secret that conversations' ids are made with.
            live: has the words for what doesn't reach the assistant.

        Raises:
            ClaraError: there is nowhere to keep the secret.
        """
        self._channel = channel
        self._limits = settings.limits
        self._secret = session_secret(settings)
        self._live = live
        self._rates = Rates(settings)
        self._told_to_wait = Recent()

    async def reply_to(self, message: Incoming, store: TrackerStore, on_new_message: OnNewMessage) -> Outgoing | None:
        """The reply to a message.

        Args:
            message: what came in.
            store: holds the conversations.
            on_new_message: hands a message to the assistant.

        Returns:
            The reply, or an apology; None where the message was answered before, or its writer was just told to wait.
        """
        phrases = self._live.current.phrases
        conversation = conversation_id(self._secret, self._channel, message.who)
        past, language = Past(), message.language
        try:
            past = await asyncio.wait_for(past_of(store, conversation), PAST_SECONDS)
            if message.id in past.heard:
                return None
            language = message.language or past.language
            expect_room()
            await self._rates.count_message(conversation)
            self._told_to_wait.discard(conversation)
            if message.opening:
                return self._opening(language)
            if not message.text.strip():
                return Outgoing(self._in(language, phrases.text_only))
            offered = past.offered if past.heard else self._opening(language).suggestions  # with no trace in the conversation
            text = check_text(chosen(message.text, offered), self._limits.characters)
            question = UserMessage(
                text,
                ReplyCollector(self._channel),
                conversation,
                input_channel=self._channel,
                message_id=message.id,
                metadata={"language": message.language} if message.language else None,
            )
            replies = await ask(on_new_message, question, self._limits.reply_seconds)
            reply = {**replies[-1], "text": "\n".join(reply["text"] for reply in replies)}
        except Rejection as rejection:
            if rejection.reason in ("too_fast", "session_over"):  # once, or two machines would talk to each other for ever
                return self._please_wait(conversation, language)
            return Outgoing(self._in(language, rejection.phrase(phrases)))
        except Exception as error:
            logger.error("%s: a message failed: %s; the visitor gets an apology.", self._channel, kind_and_place(error))
            return Outgoing(self._in(language, phrases.apology))
        return self._outgoing(reply, question=text if message.pressed else "")

    def _please_wait(self, conversation: str, language: str | None) -> Outgoing | None:
        if not self._told_to_wait.add(conversation):
            return None
        return Outgoing(self._in(language, self._live.current.phrases.too_fast))

    def _opening(self, language: str | None) -> Outgoing:
        languages = [language] if language else LANGUAGES
        questions = [question for spoken in languages for question in starters(self._live.current, spoken)]
        return Outgoing(
            self._in(language, self._live.current.phrases.opening),
            suggestions=tuple(questions[:MAX_SUGGESTIONS]),
            choose=self._in(language, self._live.current.phrases.choose),
        )

    def _outgoing(self, reply: dict[str, Any], question: str) -> Outgoing:
        text, _, source = reply["text"].partition("\n")  # the source is a line of its own
        return Outgoing(
            text,
            source,
            suggestions=tuple(reply["suggestions"][:MAX_SUGGESTIONS]),
            choose=self._in(reply["language"], self._live.current.phrases.choose),
            question=question,
        )

    def _in(self, language: str | None, words: Words) -> str:
        """Words in a language; in each of ours, a line each, where it isn't known."""
        return "\n".join(words[spoken] for spoken in ([language] if language else LANGUAGES))
