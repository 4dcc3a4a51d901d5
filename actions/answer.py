"""Answers a question that the page answers."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import heard, intent_of, knowledge, language_of, organisations_of, say
from clara.answering import answer
from clara.nlu.keys import PAGE_SAYS, REFUSED, TOPICS


class ActionAnswer(Action):
    """Answers the topics that were asked for; of a single organisation, those that were named."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the answer."""
        topics = heard(tracker, TOPICS, among=knowledge().topics) or [intent_of(tracker)]
        if len(topics) == 1 and topics[0] in knowledge().organisations:
            topics = organisations_of(tracker) or topics
        says = str(tracker.latest_message.get(PAGE_SAYS) or "") if set(topics) == {intent_of(tracker)} else ""
        refused = heard(tracker, REFUSED, among=knowledge().refusals)
        return say(dispatcher, tracker, answer(knowledge(), topics, language_of(tracker), says, refused))
