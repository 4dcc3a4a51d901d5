"""Turns a message into numbers that stand for its spelling: names, jargon and typos that the sentence encoders don't know."""

from typing import Any, Dict, List

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from clara.nlu.component import LearningComponent, add_sentence_features
from clara.nlu.ngrams import CharacterNgrams
from clara.nlu.text import fold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingFeaturizer(LearningComponent):
    """Adds a vector of `dimensions` numbers, of length `weight` (a sentence encoder's has length 1).

    Latent semantic analysis (Deerwester et al., 1990) of character n-grams: TF-IDF, then a truncated singular value
    decomposition.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`dimensions` and `weight` of the vector."""
        return {"dimensions": 400, "weight": 0.7}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._dimensions = int(config["dimensions"])
        self._weight = float(config["weight"])
        self._ngrams = CharacterNgrams(lengths=(2, 5), preprocess=fold)
        self._axes = np.zeros((0, 0), dtype=np.float16)  # (n-grams, dimensions), the model's largest part: hence half precision

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._ngrams.restore(arrays)
        self._axes = arrays["axes"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams and the axes from the training questions."""
        weights = self._ngrams.learn([message.get(TEXT) for message in training_data.intent_examples])
        dimensions = min(self._dimensions, min(weights.shape) - 1)
        axes = TruncatedSVD(dimensions, random_state=0).fit(weights).components_
        self._axes = np.ascontiguousarray(axes.T, dtype=np.float16)
        return self.keep(axes=self._axes, **self._ngrams.arrays())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all the training questions."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add each message's vector."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            weights = self._ngrams.weigh([message.get(TEXT) for message in with_text])
            vectors = np.vstack([self._project(weights[number]) for number in range(len(with_text))])
            add_sentence_features(with_text, self._weight * normalize(vectors), type(self).__name__)
        return messages

    def _project(self, weights: csr_matrix) -> np.ndarray:
        """The weights of one text, (1, n-grams), on the axes, (dimensions,); a text has few of the n-grams."""
        return weights.data @ self._axes[weights.indices].astype(np.float32)
