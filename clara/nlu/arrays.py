"""Trained components keep what they learnt as plain arrays: no pickles, so a model file can't run code."""

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

FILE = "arrays.npz"


def save_arrays(storage: ModelStorage, resource: Resource, **arrays: np.ndarray) -> None:
    """Keep the arrays in the model, under the component's resource."""
    with storage.write_to(resource) as folder:
        np.savez(folder / FILE, **arrays)


def load_arrays(storage: ModelStorage, resource: Resource) -> dict[str, np.ndarray]:
    """The arrays of the component's resource; ValueError where the model has none."""
    with storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
