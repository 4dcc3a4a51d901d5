"""Tells what a message asks for, and how certain that is."""

from typing import Any, Dict, List

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clara.nlu.component import LearningComponent, sentence_vector
from clara.nlu.networks import Networks

CERTAINTIES = "certainties"  # of every intent, in falling order, for the components that follow; not in the output
RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LearningComponent, RasaIntentClassifier):
    """Calibrated neural networks over the sentence features of all the components before it.

    Rasa's LogisticRegressionClassifier can't be told its regularisation, and its certainties are too low to set thresholds on.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`networks`, how many; `units` of each one's hidden layer; `epochs` of its training."""
        return {"networks": 5, "units": 400, "epochs": 25}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._networks = Networks(config["networks"], config["units"], config["epochs"])

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._networks.restore(arrays)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training questions."""
        examples = training_data.intent_examples
        vectors = np.vstack([sentence_vector(message) for message in examples])
        self._networks.learn(vectors, np.array([message.get(INTENT) for message in examples]))
        return self.keep(**self._networks.arrays())

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's intent, ranking and certainties; a message without features (an empty text) gets none."""
        for message in messages:
            vector = sentence_vector(message)
            if vector is None:
                continue
            (certainties,) = self._networks.certainties(vector)
            order = np.argsort(-certainties, kind="stable")
            ranking = [{"name": self._networks.classes[i], "confidence": float(certainties[i])} for i in order]
            message.set(CERTAINTIES, {entry["name"]: entry["confidence"] for entry in ranking})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
        return messages
