"""Tells English from French."""

from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from clara.knowledge import LANGUAGES
from clara.nlu.component import LearningComponent, told
from clara.nlu.keys import LANGUAGE
from clara.nlu.ngrams import CharacterNgrams
from clara.nlu.text import plain


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(LearningComponent):
    """Sets a message's language: "en" or "fr".

    Logistic regression on the character n-grams of the training questions, whose language stands in their metadata. Where the
    text alone leaves doubt ("LabEx?"), the conversation's language decides, then the interface's, then the likelier one.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`certain_from`: the certainty (0.5 to 1) from which the text alone decides."""
        return {"certain_from": 0.9}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._certain_from = float(config["certain_from"])
        self._ngrams = CharacterNgrams(lengths=(1, 4), preprocess=plain)
        self._weights = np.zeros(0)  # one an n-gram, towards French
        self._bias = 0.0

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._ngrams.restore(arrays)
        self._weights, self._bias = arrays["weights"], float(arrays["bias"])

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the questions whose metadata tells their language."""
        examples = [m for m in training_data.intent_examples if told(m, LANGUAGE)]
        ngrams = self._ngrams.learn([message.get(TEXT) for message in examples])
        is_french = [told(message, LANGUAGE) == "fr" for message in examples]
        model = LogisticRegression(C=5, max_iter=1000, random_state=0).fit(ngrams, is_french)
        self._weights, self._bias = model.coef_[0], float(model.intercept_[0])
        return self.keep(weights=self._weights, bias=np.array(self._bias), **self._ngrams.arrays())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set each question's known language."""
        for message in training_data.training_examples:
            message.set(LANGUAGE, told(message, LANGUAGE) or LANGUAGES[0])
        return training_data

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set each message's language."""
        for message in messages:
            french = self._probability_of_french(message.get(TEXT) or "")
            language = "fr" if french > 0.5 else "en"
            if max(french, 1 - french) < self._certain_from:
                language = _language_of(tracker) or _language_of_interface(message) or language
            message.set(LANGUAGE, language, add_to_output=True)
        return messages

    def _probability_of_french(self, text: str) -> float:
        score = self._ngrams.weigh([text]) @ self._weights + self._bias
        return float(1 / (1 + np.exp(-score[0])))


def _language_of(tracker: Optional[DialogueStateTracker]) -> Optional[str]:
    language = tracker.get_slot("language") if tracker else None
    return language if language in LANGUAGES else None


def _language_of_interface(message: Message) -> Optional[str]:
    language = (message.get(METADATA) or {}).get("language")
    return language if language in LANGUAGES else None
