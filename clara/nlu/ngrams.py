"""Character n-grams with TF-IDF weights, learnt from the training questions and kept in the model as plain arrays."""

from collections import Counter
from typing import Callable, Dict, List, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer


class CharacterNgrams:
    """The n-grams inside words, as scikit-learn's TfidfVectorizer cuts and weighs them.

    That vectorizer learns them; its transform() takes a matrix as wide as all n-grams for each text, and most of its time.
    """

    def __init__(self, lengths: Tuple[int, int], preprocess: Callable[[str], str]) -> None:
        """Nothing learnt yet.

        Args:
            lengths: of the n-grams, shortest and longest.
            preprocess: makes a text plain before it is cut up.
        """
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=lengths, preprocessor=preprocess, sublinear_tf=True, min_df=2
        )
        self._cut = self._vectorizer.build_analyzer()
        self._numbers: Dict[str, int] = {}  # of the n-grams
        self._idf = np.zeros(0, dtype=np.float32)  # one an n-gram: how rare it is

    def learn(self, texts: List[str]) -> csr_matrix:
        """Learn the n-grams that stand in two texts or more; the weights of these texts, (texts, n-grams)."""
        self._vectorizer.fit(texts)
        self._take(self._vectorizer.get_feature_names_out().tolist(), self._vectorizer.idf_)
        return self.weigh(texts)

    def weigh(self, texts: List[str]) -> csr_matrix:
        """The weights of texts, (texts, n-grams), each row of length 1; RuntimeError where nothing was learnt."""
        if not self._numbers:
            raise RuntimeError("A component of the language model is not trained: run `make train`.")
        rows = [self._weights(text) for text in texts]
        ends = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
        numbers, weights = (np.concatenate(parts) for parts in zip(*rows))
        return csr_matrix((weights, numbers, ends), shape=(len(texts), len(self._numbers)))

    def arrays(self) -> Dict[str, np.ndarray]:
        """What was learnt, for LearningComponent.keep; RuntimeError where nothing was."""
        if not self._numbers:
            raise RuntimeError("There is nothing to keep: learn first.")
        return {"ngrams": np.array(list(self._numbers), dtype=str), "idf": self._idf}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what arrays() gave."""
        self._take(arrays["ngrams"].tolist(), arrays["idf"])

    def _take(self, ngrams: List[str], idf: np.ndarray) -> None:
        self._numbers = {ngram: number for number, ngram in enumerate(ngrams)}
        self._idf = idf.astype(np.float32)

    def _weights(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """The numbers of the known n-grams of a text, rising, and their weights."""
        known = (self._numbers[ngram] for ngram in self._cut(text) if ngram in self._numbers)
        counted = sorted(Counter(known).items())
        numbers = np.array([number for number, _ in counted], dtype=np.int32)
        weights = (1 + np.log([count for _, count in counted], dtype=np.float32)) * self._idf[numbers]
        return numbers, weights / (np.sqrt(weights @ weights) or 1)
