"""Decides whether what was understood is certain enough to answer."""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from clara.knowledge import load_knowledge
from clara.nlu.classifier import CERTAINTIES
from clara.settings import read_settings

UNCLEAR = "unclear"
NEAR_TOPICS = "near_topics"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstainer(GraphComponent):
    """Turns an uncertain question into `unclear`, and names the topics it came near to, for suggestions.

    A refusal or a courtesy needs no threshold: a wrong one states no fact.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`answer_from`: the certainty (0 to 1) from which a topic is answered; `near_from`: from which it is suggested."""
        return {"answer_from": 0.5, "near_from": 0.1}

    def __init__(self, config: Dict[str, Any], topics: List[str]) -> None:
        """Build the component.

        Args:
            config: the thresholds.
            topics: the ids of the topics, organisations among them.
        """
        self._answer_from = float(config["answer_from"])
        self._near_from = float(config["near_from"])
        self._topics = frozenset(topics)

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "Abstainer":
        """Build the component (called by Rasa)."""
        return cls(config, list(load_knowledge(read_settings().knowledge).topics))

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> str:
        """What a trained model depends on beside the code: which topics there are."""
        return " ".join(load_knowledge(read_settings().knowledge).topics)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's final intent and its near topics, most certain first."""
        for message in messages:
            certainties: Dict[str, float] = message.get(CERTAINTIES) or {UNCLEAR: 1.0}
            intent, certainty = next(iter(certainties.items()))
            if intent in self._topics and certainty < self._answer_from:
                intent, certainty = UNCLEAR, 1 - certainty
            near = [name for name, value in certainties.items() if name in self._topics and value >= self._near_from]
            message.set(INTENT, {"name": intent, "confidence": certainty}, add_to_output=True)
            message.set(NEAR_TOPICS, near, add_to_output=True)
        return messages
