"""Answers a question that the page answers."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import askable, asked_for, intent_of, knowledge, language_of, organisations_of, say
from clara.answering import reply_to
from clara.nlu.keys import PAGE_SAYS


class ActionAnswer(Action):
    """Answers what was asked for; where that is a single organisation, those that were named."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the answer."""
        asked = asked_for(tracker, among=askable())
        named = organisations_of(tracker)
        if sum(id in knowledge().topics for id in asked) == 1 and named:
            asked = [id for one in asked for id in (named if one in knowledge().organisations else [one])]
        says = str(tracker.latest_message.get(PAGE_SAYS) or "") if asked == [intent_of(tracker)] else ""
        return say(dispatcher, tracker, reply_to(knowledge(), asked, language_of(tracker), says))
