"""Answers a question that the page answers."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import intent_of, knowledge, language_of, organisations_of, say
from clara.answering import answer


class ActionAnswer(Action):
    """Answers the topic that was asked for; of organisations, those that were named."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the answer."""
        intent = intent_of(tracker)
        topics = [intent]
        if intent in knowledge().organisations:
            topics = organisations_of(tracker) or topics
        return say(dispatcher, tracker, answer(knowledge(), topics, language_of(tracker)))
