"""Goes on about what was spoken of last."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import TOLD, askable, intent_of, knowledge, language_of, remembered, say
from clara.answering import answer, be_courteous, next_topic, reply_to
from clara.knowledge.model import PRIVATE_KINDS
from clara.nlu.keys import THREAD


class ActionGoOn(Action):
    """Answers "go on", "what else?" with a topic near the last ones that was not told yet; says so where none is left."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_go_on"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say what comes next."""
        language = language_of(tracker)
        thread = remembered(tracker, THREAD, among=askable())
        if any(refusal.kind in PRIVATE_KINDS for id, refusal in knowledge().refusals.items() if id in thread):
            # Somebody in need is offered no other subject.
            return say(dispatcher, tracker, reply_to(knowledge(), thread, language))
        topic = next_topic(knowledge(), thread, remembered(tracker, TOLD, among=knowledge().topics))
        reply = answer(knowledge(), [topic], language) if topic else be_courteous(knowledge(), intent_of(tracker), language)
        return say(dispatcher, tracker, reply)
