"""Lets what follows look at each part of a message as well as at the whole."""

import re
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

PARTS = "parts"
IS_PART = "is_part"

JOINING = "and|then|also|or|but|as well as|et|puis|ou|mais|ainsi que"  # not "plus": "je veux plus vivre"
ASKING = "what|when|where|why|how|quand|comment|combien|pourquoi|depuis quand|c'est quoi"
LINKING = "who|whom|whose|which|qui|que|quoi|où|lequel|laquelle|lesquels|lesquelles"  # these also join a clause to a noun
BOUNDARY = re.compile(rf"(?<=[.!?;:,…])\s+|\n+|\s+[-–—+&]\s+|\s+(?=(?:{JOINING}|{ASKING})\s)", re.IGNORECASE)

BEFORE = "at|in|on|by|from|for|with|to|since|de|à|par|pour|depuis|en|dans|avec|sur"
VERBS = "do|does|did|is|are|was|were|can|could|may|has|have|had|est-ce|qu'est"
REQUESTS = "tell|explain|describe|give|say|dites|dis|parle\\w*|explique\\w*|donne\\w*|j'aimerais|je voudrais|pouvez|peux"
BEGINS_AS_ONE = rf"(?:(?:{JOINING}|aussi|plus)\s+)*(?:(?:{BEFORE})\s+)?(?:{ASKING}|{LINKING}|{VERBS}|{REQUESTS})\b"
HOLDS_ONE = r".*(?:\bquel|\bc'est (?:quoi|qui)\b|-(?:il|elle|ils|elles|on|ce|vous|tu)\b)"  # "le clara a quel âge", "existe-t-il"
QUESTION = re.compile(f"{BEGINS_AS_ONE}|{HOLDS_ONE}", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class PartSplitter(GraphComponent):
    """Adds the parts of each message to the messages, behind their whole: the components that follow treat them alike.

    Somebody in distress may ask something else in the same breath; anybody may ask two things at once. The last component, the
    Abstainer, looks at the parts and takes them out again.
    """

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "PartSplitter":
        """Build the component (called by Rasa)."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training questions whole."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Put the parts of each message of several behind it."""
        everything = []
        for message in messages:
            texts = split(message.get(TEXT) or "")
            parts = [Message({**message.data, TEXT: text, IS_PART: True}) for text in texts]
            message.set(PARTS, parts)
            everything += [message, *parts]
        return everything


def split(text: str) -> List[str]:
    """The parts of a text, at its signs and joining words; none where it has no more than one."""
    parts = [part for part in BOUNDARY.split(text) if part.strip()]
    return parts if len(parts) > 1 else []


def is_question(part: str) -> bool:
    """Whether a part asks by its form: it ends as a question, begins as one or as a request, or holds one."""
    return part.rstrip().endswith("?") or bool(QUESTION.match(part))
