"""Conversations as the store keeps them, made up."""

import asyncio
import time
import warnings
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from clara.settings import ROOT
from clara.stores.bounded import BoundedTrackerStore
from clara.stores.feedback import Opinion

DAY = 86_400.0


class Book:
    """A database of conversations in a checkout of its own."""

    def __init__(self, file: Path):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Rasa's, about slots
            domain = Domain.load(str(ROOT / "domain.yml"))
            self.store = BoundedTrackerStore(domain=domain, dialect="sqlite", db=str(file))
        self.messages = 0

    def say(self, visitor, text, kind="answer", *about, language="en", days_ago=0, channel="chat", helpful=None, reason=""):
        """One message and its reply; kind None: there was none."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            asyncio.run(self._say(visitor, text, kind, about, language, time.time() - days_ago * DAY, channel, helpful, reason))

    async def _say(self, visitor, text, kind, about, language, moment, channel, helpful, reason):
        self.messages += 1
        message = f"message {self.messages}"
        tracker = await self.store.retrieve(visitor) or DialogueStateTracker(visitor, self.store.domain.slots)
        intent = {"name": about[0] if about else kind}
        tracker.update(UserUttered(text, intent, input_channel=channel, message_id=message, timestamp=moment))
        if kind:
            reply = {"kind": kind, "topics": list(about), "language": language}
            tracker.update(BotUttered("A reply.", metadata={"reply": reply}, timestamp=moment))
        await self.store.save(tracker)
        if helpful is not None:
            assert await self.store.rate(visitor, message, Opinion(helpful, reason))
