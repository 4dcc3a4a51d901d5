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

MOST_PARTS = 8  # of a message; each costs what a message costs, and nobody asks more questions in one
PARTS = "parts"
IS_PART = "is_part"

JOINING = "and|then|also|or|but|as well as|et|puis|ou|mais|ainsi que"  # not "plus": "je veux plus vivre"
BEFORE = "at|in|on|by|from|for|with|to|since|de|à|par|pour|depuis|en|dans|avec|sur"
ASKING = "what|when|where|why|how|quand|comment|combien|pourquoi|c'est quoi"
SIGN = r"(?<=[.!?;:,…])\s+|\n+|\s+[-–—]\s+"
BOUNDARY = re.compile(rf"{SIGN}|\s+(?=(?:{JOINING})\s)|\s+(?=(?:(?:{BEFORE})\s+)?(?:{ASKING})\b)", re.IGNORECASE)
NO_PART = re.compile(rf"(?:(?:{JOINING}|{BEFORE}|plus|aussi)\b\s*)+", re.IGNORECASE)  # belongs to what follows

LINKING = "who|whom|whose|which|qui|que|quoi|où|lequel|laquelle|lesquels|lesquelles"  # these also join a clause to a noun
VERBS = "do|does|did|is|are|was|were|can|could|will|would|should|has|have|had|est-ce|qu'est|d'où"
REQUESTS = "tell|explain|describe|give|say|dites|dis|parle[rsz]?|explique[rsz]?|donne[rsz]?|pouvez|peux"
WISHES = "(?:j'aimerais|je voudrais) savoir"
BEGINS_AS_ONE = rf"(?:{NO_PART.pattern})?(?:{ASKING}|{LINKING}|{VERBS}|{REQUESTS}|{WISHES})\b"
INVERSION = r"(?<!rendez)-(?:t-)?(?:il|elle|ils|elles|ce|vous|tu)\b"  # "existe-t-il"
HOLDS_ONE = rf".*(?:\bquel(?:le)?s?\b|\bc'est (?:quoi|qui)\b|{INVERSION})"  # "le clara a quel âge"
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
    """The parts of a text, at its signs, joining and asking words; none where it has no more than one.

    What follows the first MOST_PARTS - 1 is one part.
    """
    parts, held = [], ""
    for piece in BOUNDARY.split(text.replace("’", "'")):
        piece = f"{held} {piece}".strip()
        held = piece if NO_PART.fullmatch(piece) else ""
        if piece and not held:
            parts.append(piece)
    parts[MOST_PARTS - 1 :] = [" ".join(parts[MOST_PARTS - 1 :])] if len(parts) >= MOST_PARTS else []
    return parts if len(parts) > 1 else []


def is_question(part: str) -> bool:
    """Whether a part asks by its form: it ends as a question, begins as one or as a request, or holds one."""
    return part.rstrip().endswith("?") or bool(QUESTION.match(part))
