"""What the components that learn have in common: how Rasa builds them, how they keep what they learnt."""

from typing import Any, Dict, List, Type, TypeVar

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

FILE = "arrays.npz"

Component = TypeVar("Component", bound="LearningComponent")


class LearningComponent(GraphComponent):
    """A component whose knowledge is a few arrays: plain ones, no pickles, so that a model file can't run code."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component.

        Args:
            config: the settings of config.yml, over get_default_config().
            storage: the model.
            resource: where in the model it keeps what it learns.
        """
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls: Type[Component],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """Build an untrained component (called by Rasa)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: Type[Component],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        """Build the component with what it learnt (called by Rasa); ValueError where the model holds nothing of it."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
            component.restore({name: arrays[name] for name in arrays.files})
        return component

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what keep() was given."""
        raise NotImplementedError

    def keep(self, **arrays: np.ndarray) -> Resource:
        """Put arrays into the model; the resource, which train() has to return."""
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **arrays)
        return self._resource


def add_sentence_features(messages: List[Message], vectors: np.ndarray, origin: str) -> None:
    """Add a vector to each message.

    Args:
        messages: as many as there are vectors.
        vectors: (messages, numbers).
        origin: the name of the component that adds them.
    """
    for message, vector in zip(messages, vectors):
        message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, origin))


def sentence_vector(message: Message) -> Any:
    """The features of a message's whole text, (1, numbers), of all the components that gave some; None where none did."""
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features if sentence else None


def told(message: Message, key: str) -> Any:
    """What the metadata in data/nlu tell of a training question beside its intent, under a key of clara.nlu.keys; or None."""
    return ((message.get(METADATA) or {}).get(METADATA_INTENT) or {}).get(key)
