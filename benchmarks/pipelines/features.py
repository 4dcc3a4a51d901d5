"""The features that are compared, each of all questions at once."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.nlu import pipeline_settings
from benchmarks.understanding.sets import Question
from clara.nlu.component import LearningComponent, sentence_vector, told
from clara.nlu.encoder import E5Encoder, UniversalSentenceEncoder
from clara.nlu.keys import AFTER, ALSO
from clara.nlu.language import LanguageIdentifier
from clara.nlu.organisations import OrganisationMatcher
from clara.nlu.slips import SlipMender
from clara.nlu.spelling import SpellingFeaturizer
from clara.nlu.tokenizer import SpacyTokenizer
from clara.settings import Settings

SPACY_PACKAGE = "fr_core_news_md"
FEATURIZERS = {"USE": UniversalSentenceEncoder, "E5": E5Encoder, "n-grams": SpellingFeaturizer}


class Features:
    """Vectors of the training questions and of the frozen ones, by the name of the feature: (questions, numbers)."""

    def __init__(self, settings: Settings, frozen: Sequence[Question]) -> None:
        """Run the components that come before the featurizers.

        Args:
            settings: where the training questions are.
            frozen: the questions to measure on.
        """
        self._folder = tempfile.TemporaryDirectory()  # removed with this object
        self._storage = LocalModelStorage.create(Path(self._folder.name))
        self._settings = pipeline_settings(settings.root)
        files = [str(settings.root / "data")]
        data = TrainingDataImporter.load_from_config(str(settings.root / "config.yml"), None, files).get_nlu_data()
        # Follow-ups and questions about several things need more than features.
        alone = [message for message in data.intent_examples if not told(message, AFTER) and not told(message, ALSO)]
        self._training = TrainingData(alone)
        self._frozen = [Message({TEXT: question.text}) for question in frozen]
        for component in (LanguageIdentifier, SpacyTokenizer, SlipMender, OrganisationMatcher):
            self._run(component, self._training, self._frozen)
        self.intents = np.array([message.get(INTENT) for message in self._training.intent_examples])
        self.training: dict[str, np.ndarray] = {}
        self.frozen: dict[str, np.ndarray] = {}
        for name, featurizer in FEATURIZERS.items():
            train = TrainingData([Message({**message.data}) for message in self._training.intent_examples])
            ask = [Message({**message.data}) for message in self._frozen]
            self._run(featurizer, train, ask)
            self.training[name], self.frozen[name] = _stack(train.intent_examples), _stack(ask)
        self._add_spacy()

    def _run(self, component: Any, training: TrainingData, frozen: list[Message]) -> None:
        context = ExecutionContext(GraphSchema({}))
        config = {**component.get_default_config(), **self._settings[component.__name__]}
        made = component.create(config, self._storage, Resource(component.__name__), context)
        if isinstance(made, LearningComponent):
            made.train(training)
        made.process_training_data(training)
        made.process(frozen)

    def _add_spacy(self) -> None:
        try:
            from spacy import load

            language = load(SPACY_PACKAGE)
        except OSError:
            print(
                f"NOT MEASURED: spaCy's vectors. Install them: .tools/uv-*/bin/uv pip install {SPACY_PACKAGE.replace('_', '-')}"
            )
            return
        for messages, vectors in ((self._training.intent_examples, self.training), (self._frozen, self.frozen)):
            found = np.array([language.make_doc(message.get(TEXT).lower()).vector for message in messages], dtype=np.float32)
            vectors["spaCy vectors"] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def _stack(messages: Sequence[Message]) -> np.ndarray:
    return np.vstack([sentence_vector(message) for message in messages]).astype(np.float32)
