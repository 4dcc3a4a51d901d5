"""The classifiers that are compared: each learns from examples, and gives certainties for others."""

from collections.abc import Callable

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import LabelBinarizer

from clara.nlu.networks import Networks, fit

Certainties = tuple[np.ndarray, list[str]]  # (questions, classes), and the classes' names
Classifier = Callable[[np.ndarray, np.ndarray, np.ndarray], Certainties]  # examples, their names, questions

NEIGHBOURS = 20


def logistic(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """Multinomial logistic regression, C = 20."""
    model = LogisticRegression(C=20, max_iter=100).fit(vectors, names)
    return softmax(model.decision_function(asked), axis=1), model.classes_.tolist()


def networks(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """Ours, but with one network, for speed."""
    model = Networks(number=1, units=400, epochs=25)
    model.learn(vectors, names)
    return model.certainties(asked), model.classes


def neighbours(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """The nearest examples vote, the nearer the louder."""
    classes, numbers = np.unique(names, return_inverse=True)
    certainties = np.zeros((len(asked), len(classes)))
    for start in range(0, len(asked), 500):
        closeness = asked[start : start + 500] @ vectors.T
        nearest = np.argpartition(-closeness, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        votes = np.exp(6 * np.take_along_axis(closeness, nearest, axis=1))
        for row, (found, weights) in enumerate(zip(nearest, votes), start):
            np.add.at(certainties[row], numbers[found], weights)
    return certainties / certainties.sum(axis=1, keepdims=True), classes.tolist()


def networks_and_neighbours(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """Both, the networks counting for 0.7."""
    certainties, classes = networks(vectors, names, asked)
    return 0.7 * certainties + 0.3 * neighbours(vectors, names, asked)[0], classes


def one_vs_rest(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """A network that says yes or no to each intent by itself, so that several can be certain at once."""
    binarizer = LabelBinarizer()
    model = fit(vectors, binarizer.fit_transform(names), seed=0, units=400, epochs=25)
    return model.predict_proba(asked), binarizer.classes_.tolist()


def kind_then_intent(vectors: np.ndarray, names: np.ndarray, asked: np.ndarray) -> Certainties:
    """One classifier tells the kind (the first word of a name groups topics and refusals), others what it is within it."""
    kinds = np.array([name.split("_")[0] for name in names])
    of_kind, kind_names = networks(vectors, kinds, asked)
    classes = sorted(set(names))
    certainties = np.zeros((len(asked), len(classes)))
    for number, kind in enumerate(kind_names):
        own = kinds == kind
        if len(set(names[own])) == 1:
            within, own_names = np.ones((len(asked), 1)), [str(names[own][0])]
        else:
            within, own_names = networks(vectors[own], names[own], asked)
        for column, name in enumerate(own_names):
            certainties[:, classes.index(name)] = of_kind[:, number] * within[:, column]
    return certainties, classes


CLASSIFIERS: dict[str, Classifier] = {
    "logistic regression": logistic,
    "networks": networks,
    "nearest neighbours": neighbours,
    "networks + neighbours": networks_and_neighbours,
    "one-vs-rest": one_vs_rest,
    "kind, then intent": kind_then_intent,
}
