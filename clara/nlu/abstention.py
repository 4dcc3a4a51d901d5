"""Decides what to do about a message: answer, refuse, or care."""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from clara.knowledge import load_knowledge
from clara.nlu.classifier import CERTAINTIES
from clara.nlu.parts import IS_PART, PARTS
from clara.settings import KNOWLEDGE

CRISIS = "crisis"
UNCLEAR = "unclear"
NEAR_TOPICS = "near_topics"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstainer(GraphComponent):
    """Turns an uncertain question into `unclear`, and a part in distress into `crisis`; names the topics that are near.

    Whether to answer hangs on the certainties of all topics together: it is the certainty that the page answers at all. A refusal
    or a courtesy needs no threshold: a wrong one states no fact.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Certainties, 0 to 1.

        `answer_from`: of all topics together, to answer the likeliest; `topic_from`: of that one; `near_from`: of a topic, to
        suggest it; `crisis_from`, `crisis_part_from`: of distress, in the whole message or in a part of it (which says less by
        itself), to leave everything else aside.
        """
        return {"answer_from": 0.6, "topic_from": 0.3, "near_from": 0.1, "crisis_from": 0.3, "crisis_part_from": 0.9}

    def __init__(self, config: Dict[str, Any], topics: List[str]) -> None:
        """Build the component.

        Args:
            config: the thresholds.
            topics: the ids of the topics, organisations among them.
        """
        self._answer_from = float(config["answer_from"])
        self._topic_from = float(config["topic_from"])
        self._near_from = float(config["near_from"])
        self._crisis_from = float(config["crisis_from"])
        self._crisis_part_from = float(config["crisis_part_from"])
        self._topics = frozenset(topics)

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "Abstainer":
        """Build the component (called by Rasa)."""
        return cls(config, list(load_knowledge(KNOWLEDGE).topics))

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> str:
        """What a trained model depends on beside the code: which topics there are."""
        return " ".join(load_knowledge(KNOWLEDGE).topics)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's final intent and its near topics, most certain first; the parts end here."""
        wholes = [message for message in messages if not message.get(IS_PART)]
        for message in wholes:
            certainties: Dict[str, float] = message.get(CERTAINTIES) or {UNCLEAR: 1.0}
            parts: List[Dict[str, float]] = [part.get(CERTAINTIES) or {} for part in message.get(PARTS) or []]
            intent = CRISIS if self._is_crisis(certainties, parts) else self._decide(certainties)
            near = [name for name, value in certainties.items() if name in self._topics and value >= self._near_from]
            message.set(INTENT, {"name": intent, "confidence": certainties.get(intent, 0.0)}, add_to_output=True)
            message.set(NEAR_TOPICS, near, add_to_output=True)
        return wholes

    def _is_crisis(self, whole: Dict[str, float], parts: List[Dict[str, float]]) -> bool:
        in_a_part = any(part.get(CRISIS, 0.0) >= self._crisis_part_from for part in parts)
        return in_a_part or whole.get(CRISIS, 0.0) >= self._crisis_from

    def _decide(self, certainties: Dict[str, float]) -> str:
        """The intent of a whole message, from certainties in falling order."""
        likeliest = next(iter(certainties))
        if likeliest not in self._topics:
            return likeliest
        that_the_page_answers = sum(value for name, value in certainties.items() if name in self._topics)
        certain = that_the_page_answers >= self._answer_from and certainties[likeliest] >= self._topic_from
        return likeliest if certain else UNCLEAR
