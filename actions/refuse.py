"""Refuses what the page doesn't answer."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import asked_for, heard, knowledge, language_of, say
from clara.answering import ask_back, refuse
from clara.nlu.keys import NEAR, OFFERED


class ActionRefuse(Action):
    """Says which kind of question it can't answer, or asks which one was meant; also whatever no rule provides for."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_refuse"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Offer the topics that may have been meant, or say the refusal with those that the message came near to."""
        topics, language = knowledge().topics, language_of(tracker)
        offered = heard(tracker, OFFERED, among=topics)
        if offered:
            return say(dispatcher, tracker, ask_back(knowledge(), offered, language))
        refused = asked_for(tracker, among=knowledge().refusals)
        near = heard(tracker, NEAR, among=topics)
        return say(dispatcher, tracker, refuse(knowledge(), refused, language, near))
