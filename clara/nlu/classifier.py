"""Tells what a message asks for, and how certain that is."""

from typing import Any, Dict, List, Type

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from clara.nlu.component import LearningComponent

CERTAINTIES = "certainties"  # of every intent, for the components that follow; not in the output
RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LearningComponent, RasaIntentClassifier):
    """Multinomial logistic regression, calibrated by temperature scaling (Guo et al., 2017).

    Rasa's own has no inverse regularisation strength to set, and its certainties are then far too low to set thresholds on.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """What must come before it in the pipeline."""
        return []

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`inverse_regularisation`: scikit-learn's C."""
        return {"inverse_regularisation": 20}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._c = float(config["inverse_regularisation"])
        self._intents: List[str] = []
        self._weights = np.zeros((0, 0))  # (number of features, number of intents), the temperature in it
        self._biases = np.zeros(0)

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._intents = arrays["intents"].tolist()
        self._weights, self._biases = arrays["weights"], arrays["biases"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training questions; a fifth of them, held back, sets the temperature before all are learnt."""
        examples = training_data.intent_examples
        vectors = np.vstack([_vector(message) for message in examples])
        intents = np.array([message.get(INTENT) for message in examples])
        temperature = self._measure_temperature(vectors, intents)
        model = self._fit(vectors, intents)
        self._intents = model.classes_.tolist()
        self._weights, self._biases = model.coef_.T / temperature, model.intercept_ / temperature
        return self.keep(intents=model.classes_.astype(str), weights=self._weights, biases=self._biases)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's intent, ranking and certainties; a message without features (an empty text) gets none."""
        for message in messages:
            vector = _vector(message)
            if vector is None:
                continue
            certainties = softmax(vector @ self._weights + self._biases)[0]
            ranking = [{"name": self._intents[i], "confidence": float(certainties[i])} for i in np.argsort(-certainties)]
            message.set(CERTAINTIES, {entry["name"]: entry["confidence"] for entry in ranking})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
        return messages

    def _fit(self, vectors: np.ndarray, intents: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=self._c, max_iter=400, random_state=0).fit(vectors, intents)

    def _measure_temperature(self, vectors: np.ndarray, intents: np.ndarray) -> float:
        seen, unseen, seen_intents, unseen_intents = train_test_split(
            vectors, intents, test_size=0.2, random_state=0, stratify=intents
        )
        model = self._fit(seen, seen_intents)
        scores = model.decision_function(unseen)
        right = (np.arange(len(unseen)), np.searchsorted(model.classes_, unseen_intents))

        def negative_log_likelihood(log_temperature: float) -> float:
            return float(-log_softmax(scores / np.exp(log_temperature), axis=1)[right].mean())

        return float(np.exp(minimize_scalar(negative_log_likelihood, bounds=(-3, 3), method="bounded").x))


def _vector(message: Message) -> Any:
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features if sentence else None
