"""Tells whether the page says yes or no to a question."""

from typing import Any, Dict, List

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clara.knowledge import load_knowledge
from clara.nlu.classifier import CERTAINTIES
from clara.nlu.component import LearningComponent, sentence_vector, told
from clara.nlu.figures import figures
from clara.nlu.keys import AFTER, ALSO, LANGUAGE, PAGE_SAYS
from clara.nlu.networks import Networks
from clara.settings import KNOWLEDGE

OPEN = "open"  # of a question that wants neither a yes nor a no
SAID = ("yes", "no")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ConfirmationClassifier(LearningComponent, RasaIntentClassifier):
    """Sets a message's `page_says`, as seen from its likeliest topic.

    It learns from the training questions whose metadata have `page_says`: the page affirms what they claim ("yes"), denies it
    ("no"), or is silent on it ("neither"). Which topic it is, and whether a figure in the question is one of that topic's
    passages, go in beside the sentence features.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`networks`, `units`, `epochs` as IntentClassifier's; `says_from`: the certainty, 0 to 1, to say yes or no."""
        return {"networks": 3, "units": 200, "epochs": 20, "says_from": 0.8}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._says_from = float(config["says_from"])
        self._networks = Networks(config["networks"], config["units"], config["epochs"])
        topics = load_knowledge(KNOWLEDGE).topics
        self._index = {id: number for number, id in enumerate(sorted(topics))}
        self._figures = {id: figures(" ".join(p.text for p in topic.sources), "en") for id, topic in topics.items()}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._networks.restore(arrays)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training questions that one topic answers by itself; of follow-ups nobody noted what the page says."""
        examples = [message for message in training_data.intent_examples if message.get(INTENT) in self._index]
        examples = [message for message in examples if not told(message, AFTER) and not told(message, ALSO)]
        vectors = np.vstack([self._vector(message, message.get(INTENT)) for message in examples])
        self._networks.learn(vectors, np.array([told(message, PAGE_SAYS) or OPEN for message in examples]))
        return self.keep(**self._networks.arrays())

    def process(self, messages: List[Message]) -> List[Message]:
        """Set what the page says to each message."""
        for message in messages:
            topic = next((id for id in message.get(CERTAINTIES) or () if id in self._index), None)
            message.set(PAGE_SAYS, self._says(message, topic) if topic else "", add_to_output=True)
        return messages

    def _says(self, message: Message, topic: str) -> str:
        (certainties,) = self._networks.certainties(self._vector(message, topic))
        likeliest = self._networks.classes[int(certainties.argmax())]
        return likeliest if likeliest in SAID and certainties.max() >= self._says_from else ""

    def _vector(self, message: Message, topic: str) -> np.ndarray:
        found, own = figures(message.get(TEXT), message.get(LANGUAGE)), self._figures[topic]
        which = np.zeros(len(self._index) + 2, dtype=np.float32)
        which[self._index[topic]] = 1
        which[-2:] = bool(found & own), bool(found - own)
        return np.hstack([sentence_vector(message), which[np.newaxis, :]])
