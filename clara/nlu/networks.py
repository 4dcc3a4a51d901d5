"""Small neural networks that tell classes with calibrated certainties, kept as plain arrays."""

import math
import warnings
from typing import Dict, List, Optional

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from clara.nlu.cores import on_every_core

LEAST_UPDATES = 1000  # of the weights: with 75, ten examples a class of BANKING77 gave 73 % right, with these 84 %


class Networks:
    """Several networks of one hidden layer, alike but for their random start; their certainties are averaged.

    Calibrated by temperature scaling (Guo et al., 2017): a fifth of the examples, held back from a network of its own, sets the
    temperature.
    """

    def __init__(self, number: int, units: int, epochs: int) -> None:
        """Nothing learnt yet.

        Args:
            number: of networks.
            units: of each network's hidden layer.
            epochs: how often each sees every example; more often where they are so few that it would learn little from them.
        """
        self._number = number
        self._units = units
        self._epochs = epochs
        self.classes: List[str] = []
        self._layers: List[List[np.ndarray]] = []  # a network: weights and biases of the hidden layer, then of the last
        self._temperature = 1.0

    def learn(self, vectors: np.ndarray, names: np.ndarray, questions: Optional[np.ndarray] = None) -> None:
        """Learn from examples.

        Args:
            vectors: (examples, features).
            names: the class of each example, (examples,).
            questions: the number of the question that each example comes from, (examples,), where one may give several:
                they are held back together, or else the temperature would be judged by what was seen.
        """
        numbers = np.arange(len(names)) if questions is None else questions
        firsts = np.unique(numbers, return_index=True)[1]
        _, held = train_test_split(firsts, test_size=0.2, random_state=0, stratify=names[firsts])
        unseen = np.isin(numbers, numbers[held])
        fits = [(vectors[~unseen], names[~unseen], 0), *((vectors, names, seed) for seed in range(self._number))]
        held_back, *models = on_every_core(fit, [(*examples, self._units, self._epochs) for examples in fits])
        self._temperature = _temperature(held_back, vectors[unseen], names[unseen])
        self.classes = models[0].classes_.tolist()
        self._layers = [layers_of(model) for model in models]

    def certainties(self, vectors: np.ndarray) -> np.ndarray:
        """How certain each class is, (vectors, classes); each row sums to 1."""
        return np.mean([softmax(scores(vectors, layers) / self._temperature, axis=1) for layers in self._layers], axis=0)

    def arrays(self) -> Dict[str, np.ndarray]:
        """What was learnt, for LearningComponent.keep."""
        stacked = {f"layer{i}": np.stack([layers[i] for layers in self._layers]) for i in range(4)}
        return {"classes": np.array(self.classes, dtype=str), "temperature": np.array(self._temperature), **stacked}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what arrays() gave."""
        self.classes = arrays["classes"].tolist()
        self._temperature = float(arrays["temperature"])
        self._layers = [list(layers) for layers in zip(*(arrays[f"layer{i}"] for i in range(4)))]


def layers_of(model: MLPClassifier) -> List[np.ndarray]:
    """The weights and biases of a trained model with one hidden layer, the last layer two wide or more."""
    weights, biases = list(model.coefs_), list(model.intercepts_)
    if weights[1].shape[1] == 1:  # of two classes, scikit-learn scores the second only
        weights[1] = np.hstack([np.zeros_like(weights[1]), weights[1]])
        biases[1] = np.hstack([np.zeros_like(biases[1]), biases[1]])
    return [weights[0], biases[0], weights[1], biases[1]]


def scores(vectors: np.ndarray, layers: List[np.ndarray]) -> np.ndarray:
    """A network's scores before they become certainties, (vectors, classes)."""
    hidden, hidden_bias, last, last_bias = layers
    return np.maximum(vectors @ hidden + hidden_bias, 0) @ last + last_bias


def fit(vectors: np.ndarray, names: np.ndarray, seed: int, units: int, epochs: int) -> MLPClassifier:
    """One network that has learnt.

    Args:
        vectors: (examples, features).
        names: the class of each example, (examples,); or, to tell each class by itself, 0 or 1 for each, (examples, classes).
        seed: of the random start.
        units: of the hidden layer.
        epochs: as Networks's.
    """
    batch = min(256, len(vectors))
    enough = math.ceil(LEAST_UPDATES / math.ceil(len(vectors) / batch))
    model = MLPClassifier((units,), alpha=1e-3, batch_size=batch, max_iter=max(epochs, enough), random_state=seed)
    with warnings.catch_warnings():
        # It stops before it has converged, on purpose: more epochs learn the examples by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(vectors.astype(np.float32), names)


def _temperature(model: MLPClassifier, unseen: np.ndarray, names: np.ndarray) -> float:
    """What the scores of a model are best divided by, judged by examples that it hasn't seen."""
    unseen_scores = scores(unseen, layers_of(model))
    right = (np.arange(len(unseen)), np.searchsorted(model.classes_, names))

    def negative_log_likelihood(log_temperature: float) -> float:
        return float(-log_softmax(unseen_scores / np.exp(log_temperature), axis=1)[right].mean())

    return float(np.exp(minimize_scalar(negative_log_likelihood, bounds=(-3, 3), method="bounded").x))
