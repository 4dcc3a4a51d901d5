"""Refuses what the page doesn't answer."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import intent_of, knowledge, language_of, near_topics_of, say
from clara.answering import refuse


class ActionRefuse(Action):
    """Says which kind of question it can't answer; also whatever no rule provides for, as not understood."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_refuse"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the refusal, and offer the topics that the message came near to."""
        intent = intent_of(tracker)
        refusal = intent if intent in knowledge().refusals else "unclear"
        return say(dispatcher, tracker, refuse(knowledge(), refusal, language_of(tracker), near_topics_of(tracker)))
