"""Answers a question that the page answers."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import askable, heard, intent_of, knowledge, language_of, organisations_of, say
from clara.answering import answer
from clara.nlu.keys import ASKED, PAGE_SAYS


class ActionAnswer(Action):
    """Answers what was asked for; where that is a single organisation, those that were named."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say the answer."""
        asked = heard(tracker, ASKED, among=askable()) or [intent_of(tracker)]
        if len(asked) == 1 and asked[0] in knowledge().organisations:
            asked = organisations_of(tracker) or asked
        says = str(tracker.latest_message.get(PAGE_SAYS) or "") if asked == [intent_of(tracker)] else ""
        return say(dispatcher, tracker, answer(knowledge(), asked, language_of(tracker), says))
