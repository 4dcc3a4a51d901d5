"""What people confide about their health or their distress is not kept."""

from collections.abc import Collection, Sequence
from typing import Any

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import make_url

from clara.channels import HEALTH
from clara.knowledge import load_knowledge
from clara.knowledge.model import PRIVATE_KINDS
from clara.nlu.keys import ASKED
from clara.rasa_changes import change_rasa
from clara.settings import KNOWLEDGE, Settings, read_settings
from clara.stores.bounded import BoundedTrackerStore

WITHHELD = "[not kept]"


def place(settings: Settings) -> dict[str, Any]:
    """Where conversations are kept, as SQLTrackerStore takes it; {} where the settings leave it to endpoints.yml."""
    if settings.database_url:
        url = make_url(settings.database_url).set(drivername="postgresql")
        return {"dialect": "postgresql", "host": url.render_as_string(hide_password=False)}  # Rasa takes a whole address as well
    return {"dialect": "sqlite", "db": str(settings.conversations)} if settings.conversations else {}


class DiscreetTrackerStore(BoundedTrackerStore):
    """Keeps of a medical message or one in distress its kind, and not a word of it; of a health check, nothing.

    endpoints.yml names this class.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Open the database (see BoundedTrackerStore), and learn from the knowledge which intents are private."""
        change_rasa()  # in whichever way Rasa is started, it opens its store before it loads the model
        super().__init__(*args, **{**kwargs, **place(read_settings())})
        refusals = load_knowledge(KNOWLEDGE).refusals.values()
        self._private = frozenset(refusal.id for refusal in refusals if refusal.kind in PRIVATE_KINDS)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save the new events; whatever listens to events gets them without the private words too."""
        withhold(tracker, self._private)
        try:
            await super().save(tracker)
        finally:  # also where nobody waits for it any more
            if tracker.get_latest_input_channel() == HEALTH:
                await self.forget(tracker.sender_id)

    def tell(self, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
        """Tell whoever listens of what people say, not of health checks."""
        if tracker.get_latest_input_channel() != HEALTH:
            super().tell(tracker, events)


def withhold(tracker: DialogueStateTracker, private: Collection[str]) -> None:
    """Take the words out of the messages whose intent is private, or which ask for something private too (`asked`).

    Of all that was read from them, the intent stays.
    """
    for event in tracker.events:
        if not isinstance(event, UserUttered) or event.text == WITHHELD:
            continue
        if not {event.intent_name, *event.parse_data.get(ASKED, ())}.isdisjoint(private):
            intent = {"name": event.intent_name}
            event.text, event.intent, event.entities = WITHHELD, intent, []
            event.parse_data = {"text": WITHHELD, "intent": intent, "entities": []}
