"""Says the last answer or refusal again, in the language asked for."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.conversation import askable, intent_of, knowledge, remembered, say
from clara.answering import be_courteous, reply_to
from clara.nlu.keys import THREAD

LANGUAGE_ASKED_FOR = {"courtesy_english": "en", "courtesy_french": "fr"}


class ActionSayAgain(Action):
    """Answers "and in French?" with what was answered or refused last; with an invitation, where nothing was."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_say_again"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say it."""
        intent = intent_of(tracker)
        language = LANGUAGE_ASKED_FOR[intent]
        thread = remembered(tracker, THREAD, among=askable())
        reply = reply_to(knowledge(), thread, language) if thread else be_courteous(knowledge(), intent, language)
        return say(dispatcher, tracker, reply)
