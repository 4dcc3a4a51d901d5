"""Decides what to do about a message: answer, ask which question was meant, refuse, or care."""

from dataclasses import dataclass
from typing import Any, Dict, List, Tuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from clara.knowledge import load_knowledge
from clara.nlu.classifier import CERTAINTIES
from clara.nlu.keys import NEAR, OFFERED, PAGE_ANSWERS, PAGE_SAYS, REFUSED, TOPICS
from clara.nlu.parts import IS_PART, PARTS
from clara.settings import KNOWLEDGE

CRISIS = "crisis"
MEDICAL = "medical"
UNCLEAR = "unclear"

Certainties = Dict[str, float]  # of every intent, in falling order
Part = Tuple[str, Certainties]  # a part's text, and its certainties


@dataclass(frozen=True)
class Decision:
    """What is done about a message; the tuples are what clara.nlu.keys says."""

    intent: str
    topics: Tuple[str, ...] = ()
    refused: Tuple[str, ...] = ()
    offered: Tuple[str, ...] = ()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstainer(GraphComponent):
    """Three bands of certainty: answer, ask back, refuse; but distress comes first, and no health question is passed over.

    Whether to answer hangs on the certainties of all topics together: it is the certainty that the page answers at all. A refusal
    or a courtesy needs no threshold: a wrong one states no fact.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Certainties, 0 to 1.

        `answer_from`: of all topics together, to answer the likeliest; `topic_from`: of that one, or else it asks back;
        `offer_from`: of all topics together, to ask back; `near_from`: of a topic, to offer it; `crisis_from` and
        `crisis_part_from`: of distress, in the whole message or in a part of it (which says less by itself), to leave all else
        aside; `medical_from`: of a health question, to meet it, beside answers only where parts ask for these; `part_from`: of
        what a part asks for, to see several questions in a message, or a health question beside another.
        """
        return {
            "answer_from": 0.55,
            "topic_from": 0.25,
            "offer_from": 0.3,
            "near_from": 0.1,
            "crisis_from": 0.15,
            "crisis_part_from": 0.95,
            "medical_from": 0.1,
            "part_from": 0.85,
        }

    def __init__(self, config: Dict[str, Any], topics: List[str], not_on_page: List[str]) -> None:
        """Build the component.

        Args:
            config: the thresholds.
            topics: the ids of the topics, organisations among them.
            not_on_page: the ids of the refusals of what is not on the page.
        """
        self._answer_from = float(config["answer_from"])
        self._topic_from = float(config["topic_from"])
        self._offer_from = float(config["offer_from"])
        self._near_from = float(config["near_from"])
        self._crisis_from = float(config["crisis_from"])
        self._crisis_part_from = float(config["crisis_part_from"])
        self._medical_from = float(config["medical_from"])
        self._part_from = float(config["part_from"])
        self._topics = frozenset(topics)
        self._not_on_page = frozenset(not_on_page)

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "Abstainer":
        """Build the component (called by Rasa)."""
        knowledge = load_knowledge(KNOWLEDGE)
        return cls(config, list(knowledge.topics), [r.id for r in knowledge.refusals.values() if r.kind == "not_on_page"])

    def process(self, messages: List[Message]) -> List[Message]:
        """Set what is done about each message, and its near topics, most certain first; the parts end here."""
        wholes = [message for message in messages if not message.get(IS_PART)]
        for message in wholes:
            whole: Certainties = message.get(CERTAINTIES) or {UNCLEAR: 1.0}
            parts = [(part.get(TEXT), part.get(CERTAINTIES) or {}) for part in message.get(PARTS) or []]
            decision = self.decide(whole, parts)
            message.set(INTENT, {"name": decision.intent, "confidence": whole.get(decision.intent, 0.0)}, add_to_output=True)
            message.set(TOPICS, list(decision.topics), add_to_output=True)
            message.set(REFUSED, list(decision.refused), add_to_output=True)
            message.set(OFFERED, list(decision.offered), add_to_output=True)
            message.set(NEAR, list(self._near(whole)), add_to_output=True)
            message.set(PAGE_ANSWERS, self._page_answers(whole), add_to_output=True)
            if decision.topics != (self._likeliest_topic(whole),):
                message.set(PAGE_SAYS, "", add_to_output=True)  # it is told of that topic only
        return wholes

    def decide(self, whole: Certainties, parts: List[Part]) -> Decision:
        """What to do about a message, from the certainties of the whole and of its parts in their order."""
        if self._is_crisis(whole, parts):
            return Decision(CRISIS)
        page_answers, near = self._page_answers(whole), self._near(whole)
        whole_is_health = whole.get(MEDICAL, 0.0) >= self._medical_from
        part_is_health = any(part.get(MEDICAL, 0.0) >= self._part_from for _, part in parts)
        health = (MEDICAL,) if whole_is_health or part_is_health else ()
        several = self._asked_by_parts(parts, page_answers)
        if several:
            topics = tuple(id for id in several if id in self._topics)
            return Decision(topics[0], topics, refused=(*(id for id in several if id not in self._topics), *health))
        likeliest = self._likeliest_topic(whole)
        is_certain = likeliest and page_answers >= self._answer_from and whole[likeliest] >= self._topic_from
        if is_certain and not whole_is_health:
            return Decision(likeliest, (likeliest,), refused=health)
        if health:
            return Decision(MEDICAL)
        if near and page_answers >= self._offer_from:
            return Decision(UNCLEAR, offered=near)
        return Decision(next((id for id in whole if id not in self._topics), UNCLEAR))

    def _is_crisis(self, whole: Certainties, parts: List[Part]) -> bool:
        in_a_part = any(certainties.get(CRISIS, 0.0) >= self._crisis_part_from for _, certainties in parts)
        return in_a_part or whole.get(CRISIS, 0.0) >= self._crisis_from

    def _asked_by_parts(self, parts: List[Part], page_answers: float) -> List[str]:
        """What several parts ask for by themselves, each once: topics, with refusals of what is not on the page; or nothing.

        A part may name what the page says only to ask for more ("Thirty projects, fine. Which ones?"): it is taken for a question
        of its own only where it ends as one, or where the page answers the whole.
        """
        known = self._topics | self._not_on_page
        asked: Dict[str, bool] = {}  # what, and whether a question mark ends it
        for text, certainties in parts:
            id, certainty = next(iter(certainties.items()), (UNCLEAR, 0.0))
            if id in known and certainty >= self._part_from:
                asked[id] = asked.get(id, False) or text.rstrip().endswith("?")
        is_several = len(asked) > 1 and any(id in self._topics for id in asked)
        all_topics = all(id in self._topics for id in asked)
        is_certain = all(asked.values()) or (all_topics and page_answers >= self._answer_from)
        return list(asked) if is_several and is_certain else []

    def _likeliest_topic(self, certainties: Certainties) -> str:
        return next((id for id in certainties if id in self._topics), "")

    def _page_answers(self, certainties: Certainties) -> float:
        return sum(value for id, value in certainties.items() if id in self._topics)

    def _near(self, certainties: Certainties) -> Tuple[str, ...]:
        return tuple(id for id, value in certainties.items() if id in self._topics and value >= self._near_from)
