"""Tells what a message asks for, and how certain that is."""

from typing import Any, Dict, Iterable, List, Optional

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clara.nlu.component import LearningComponent, sentence_vector, told
from clara.nlu.keys import AFTER, ALSO, THREAD
from clara.nlu.networks import Networks
from clara.nlu.parts import IS_PART

CERTAINTIES = "certainties"  # of every intent, in falling order, for the components that follow; not in the output
RANKING_LENGTH = 5
LEADS_FROM = 0.5  # certainty of what a part asks for, for the next part to be seen after it

# How many of the training questions are seen after a subject: of those of a few words, which may mean something else in the
# middle of a conversation, and of the others.
BARE, SHARE_OF_BARE, SHARE_OF_OTHERS = 4, 0.2, 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LearningComponent, RasaIntentClassifier):
    """Calibrated neural networks over the sentence features of all the components before it, and over what was last spoken of.

    "Since when?" asks for one thing after the funders, for another after an organisation. Follow-ups are training questions whose
    metadata say what they come `after`. Most other questions mean the same whatever went before: to learn so, they are trained
    after subjects drawn at random. A part of a message is seen after the part before it: "Who launched it, and when?"

    A question that asks for several things is learnt as an example of each of them, so that its certainty is shared among them.

    Rasa's LogisticRegressionClassifier can't be told its regularisation, and its certainties are too low to set thresholds on.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`networks`, how many; `units` of each one's hidden layer; `epochs` of its training."""
        return {"networks": 3, "units": 400, "epochs": 25}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._networks = Networks(config["networks"], config["units"], config["epochs"])
        self._subjects: List[str] = []  # what a follow-up may come after

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._networks.restore(arrays)
        self._subjects = arrays["subjects"].tolist()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training questions."""
        examples = training_data.intent_examples
        self._subjects = sorted({after for message in examples if (after := told(message, AFTER))})
        chance = np.random.RandomState(0)
        vectors, intents, questions = [], [], []
        for number, message in enumerate(examples):
            before = self._spoken_of(self._subjects_before(message, chance))
            for intent in (message.get(INTENT), *(told(message, ALSO) or ())):
                vectors.append(np.hstack([sentence_vector(message), before]))
                intents.append(intent)
                questions.append(number)
        self._networks.learn(np.vstack(vectors), np.array(intents), np.array(questions))
        return self.keep(subjects=np.array(self._subjects, dtype=str), **self._networks.arrays())

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set each message's intent, ranking and certainties; a message without features (an empty text) gets none."""
        thread = (tracker.get_slot(THREAD) if tracker else None) or []
        before = thread
        for message in messages:
            if not message.get(IS_PART):
                before = thread
            vector = sentence_vector(message)
            if vector is None:
                continue
            (certainties,) = self._networks.certainties(np.hstack([vector, self._spoken_of(before)]))
            order = np.argsort(-certainties, kind="stable")
            ranking = [{"name": self._networks.classes[i], "confidence": float(certainties[i])} for i in order]
            message.set(CERTAINTIES, {entry["name"]: entry["confidence"] for entry in ranking})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
            if message.get(IS_PART) and ranking[0]["name"] in self._subjects and certainties.max() >= LEADS_FROM:
                before = [str(ranking[0]["name"])]
        return messages

    def _spoken_of(self, ids: Iterable[str]) -> np.ndarray:
        """(1, subjects): 1 for each that was last spoken of."""
        vector = np.zeros((1, len(self._subjects)), dtype=np.float32)
        vector[0, [self._subjects.index(id) for id in ids if id in self._subjects]] = 1
        return vector

    def _subjects_before(self, message: Message, chance: np.random.RandomState) -> List[str]:
        """What a training question is trained after."""
        after = told(message, AFTER)
        if after:
            return [after]
        share = SHARE_OF_OTHERS if len(message.get(TEXT).split()) > BARE else SHARE_OF_BARE
        return [str(chance.choice(self._subjects))] if self._subjects and chance.random_sample() < share else []
