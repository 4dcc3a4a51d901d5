"""Decides what to do about a message: answer, ask which question was meant, refuse, or care."""

import re
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
from clara.nlu.keys import ASKED, NEAR, OFFERED, PAGE_ANSWERS, PAGE_SAYS
from clara.nlu.parts import IS_PART, PARTS, is_question
from clara.settings import KNOWLEDGE

CRISIS = "crisis"
MEDICAL = "medical"
UNCLEAR = "unclear"

Certainties = Dict[str, float]  # of every intent, in falling order
WORD = re.compile(r"\w+")
Part = Tuple[str, Certainties]  # a part's text, and its certainties


@dataclass(frozen=True)
class Decision:
    """What is done about a message; the tuples are what clara.nlu.keys says."""

    intent: str
    asked: Tuple[str, ...] = ()
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
        `offer_from`: of all topics together, to ask back; `near_from`: of a topic, to offer it; `crisis_from`: of distress, to
        leave all else aside, or `crisis_part_from` in a part (which says less by itself), if the whole has `crisis_whole_from`;
        `medical_from`: of a health question, to meet it, or `health_part_from` in a part; `part_from`: of what a part asks for,
        to see several questions in a message, if the whole asks for it with `least_share`; `part_shared_from`: the same, if the
        whole asks for it with `share_from`.
        """
        return {
            "answer_from": 0.55,
            "topic_from": 0.25,
            "offer_from": 0.3,
            "near_from": 0.1,
            "crisis_from": 0.21,
            "crisis_part_from": 0.95,
            "crisis_whole_from": 0.01,
            "medical_from": 0.15,
            "health_part_from": 0.7,
            "part_from": 0.8,
            "part_shared_from": 0.5,
            "share_from": 0.03,
            "least_share": 0.01,
        }

    def __init__(self, config: Dict[str, Any], topics: List[str], refused: List[str]) -> None:
        """Build the component.

        Args:
            config: the thresholds.
            topics: the ids of the topics, organisations among them.
            refused: the ids of the refusals of what may be asked for beside something else.
        """
        self._answer_from = float(config["answer_from"])
        self._topic_from = float(config["topic_from"])
        self._offer_from = float(config["offer_from"])
        self._near_from = float(config["near_from"])
        self._crisis_from = float(config["crisis_from"])
        self._crisis_part_from = float(config["crisis_part_from"])
        self._crisis_whole_from = float(config["crisis_whole_from"])
        self._medical_from = float(config["medical_from"])
        self._health_part_from = float(config["health_part_from"])
        self._part_from = float(config["part_from"])
        self._part_shared_from = float(config["part_shared_from"])
        self._share_from = float(config["share_from"])
        self._least_share = float(config["least_share"])
        self._topics = frozenset(topics)
        self._askable = frozenset([*topics, *refused])

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "Abstainer":
        """Build the component (called by Rasa)."""
        knowledge = load_knowledge(KNOWLEDGE)
        refused = [refusal.id for refusal in knowledge.refusals.values() if refusal.kind in ("not_on_page", "off_topic")]
        return cls(config, list(knowledge.topics), refused)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set what is done about each message, and its near topics, most certain first; the parts end here."""
        wholes = [message for message in messages if not message.get(IS_PART)]
        for message in wholes:
            whole: Certainties = message.get(CERTAINTIES) or {UNCLEAR: 1.0}
            parts = [(part.get(TEXT), part.get(CERTAINTIES) or {}) for part in message.get(PARTS) or []]
            decision = self.decide(whole, parts)
            message.set(INTENT, {"name": decision.intent, "confidence": whole.get(decision.intent, 0.0)}, add_to_output=True)
            message.set(ASKED, list(decision.asked), add_to_output=True)
            message.set(OFFERED, list(decision.offered), add_to_output=True)
            message.set(NEAR, list(self._near(whole)), add_to_output=True)
            message.set(PAGE_ANSWERS, self._page_answers(whole), add_to_output=True)
            if decision.asked != (self._likeliest_topic(whole),):
                message.set(PAGE_SAYS, "", add_to_output=True)  # it is told of that topic only
        return wholes

    def decide(self, whole: Certainties, parts: List[Part]) -> Decision:
        """What to do about a message, from the certainties of the whole and of its parts in their order."""
        if self._is_crisis(whole, parts):
            return Decision(CRISIS)
        page_answers, near = self._page_answers(whole), self._near(whole)
        whole_is_health = whole.get(MEDICAL, 0.0) >= self._medical_from
        part_is_health = any(part.get(MEDICAL, 0.0) >= self._health_part_from for _, part in parts)
        health = (MEDICAL,) if whole_is_health or part_is_health else ()
        several = self._asked_by_parts(parts, whole)
        if several:
            intent = next((id for id in several if id in self._topics), MEDICAL if MEDICAL in several else several[0])
            return Decision(intent, (*several, *(id for id in health if id not in several)))
        likeliest = self._likeliest_topic(whole)
        is_certain = likeliest and page_answers >= self._answer_from and whole[likeliest] >= self._topic_from
        if is_certain and not whole_is_health:
            return Decision(likeliest, (likeliest, *health))
        if health:
            return Decision(MEDICAL)
        if near and page_answers >= self._offer_from:
            return Decision(UNCLEAR, offered=near)
        return Decision(next((id for id in whole if id not in self._topics), UNCLEAR))

    def _is_crisis(self, whole: Certainties, parts: List[Part]) -> bool:
        """A single word is no cry for help where more words stand around it, nor is a part where the whole surely is none."""
        in_a_part = any(part.get(CRISIS, 0.0) >= self._crisis_part_from for text, part in parts if len(WORD.findall(text)) > 1)
        crisis = whole.get(CRISIS, 0.0)
        return crisis >= self._crisis_from or (in_a_part and crisis >= self._crisis_whole_from)

    def _asked_by_parts(self, parts: List[Part], whole: Certainties) -> List[str]:
        """What several parts ask for, each once: topics and refusals; nothing where it is one thing.

        A part is a question of its own if it is surely one, and one by its form, or if the whole asks for it too; a health
        question is always one. A part may name what the page says only to ask for more ("Thirty projects, fine. Which ones?"):
        where something is refused, a topic is one by its form only.
        """
        asked: Dict[str, bool] = {}  # what, and whether by its form
        for text, certainties in parts:
            id, certainty = next(iter(certainties.items()), (UNCLEAR, 0.0))
            share = whole.get(id, 0.0)
            by_form = certainty >= self._part_from and share >= self._least_share and is_question(text)
            by_share = certainty >= self._part_shared_from and share >= self._share_from
            is_health = id == MEDICAL and certainty >= self._health_part_from
            if is_health or (id in self._askable and (by_form or by_share)):
                asked[id] = asked.get(id, False) or by_form
        if any(id not in self._topics for id in asked if id != MEDICAL):
            asked = {id: by_form for id, by_form in asked.items() if by_form or id not in self._topics}
        return list(asked) if len(asked) > 1 else []

    def _likeliest_topic(self, certainties: Certainties) -> str:
        return next((id for id in certainties if id in self._topics), "")

    def _page_answers(self, certainties: Certainties) -> float:
        return sum(value for id, value in certainties.items() if id in self._topics)

    def _near(self, certainties: Certainties) -> Tuple[str, ...]:
        return tuple(id for id, value in certainties.items() if id in self._topics and value >= self._near_from)
