"""Returns small talk."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import intent_of, knowledge, language_of, say
from clara.answering import be_courteous


class ActionCourtesy(Action):
    """Greets, thanks, says goodbye, says what it is."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_courtesy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the courtesy."""
        return say(dispatcher, tracker, be_courteous(knowledge(), intent_of(tracker), language_of(tracker)))
