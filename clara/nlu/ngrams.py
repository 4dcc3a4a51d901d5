"""Character n-grams with TF-IDF weights, learnt from the training questions and kept in the model as plain arrays."""

from typing import Callable, Dict, List, Optional, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer


class CharacterNgrams:
    """scikit-learn's TfidfVectorizer over the n-grams inside words, with a way to keep it."""

    def __init__(self, lengths: Tuple[int, int], preprocess: Callable[[str], str]) -> None:
        """Nothing learnt yet.

        Args:
            lengths: of the n-grams, shortest and longest.
            preprocess: makes a text plain before it is cut up.
        """
        self._settings = {
            "analyzer": "char_wb",
            "ngram_range": lengths,
            "preprocessor": preprocess,
            "sublinear_tf": True,
            "dtype": np.float32,
        }
        self._vectorizer: Optional[TfidfVectorizer] = None

    def learn(self, texts: List[str]) -> csr_matrix:
        """Learn the n-grams that stand in two texts or more; the weights of these texts, (texts, n-grams)."""
        self._vectorizer = TfidfVectorizer(min_df=2, **self._settings)
        return self._vectorizer.fit_transform(texts)

    def weigh(self, texts: List[str]) -> csr_matrix:
        """The weights of texts, (texts, n-grams); RuntimeError where nothing was learnt."""
        if self._vectorizer is None:
            raise RuntimeError("A component of the language model is not trained: run `make train`.")
        # The vectorizer's own numbers are twice as long; a product with shorter ones would copy all of those each time.
        return self._vectorizer.transform(texts).astype(np.float32)

    def arrays(self) -> Dict[str, np.ndarray]:
        """What was learnt, for LearningComponent.keep; RuntimeError where nothing was."""
        if self._vectorizer is None:
            raise RuntimeError("There is nothing to keep: learn first.")
        return {"ngrams": np.array(self._vectorizer.get_feature_names_out(), dtype=str), "idf": self._vectorizer.idf_}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what arrays() gave."""
        self._vectorizer = TfidfVectorizer(vocabulary=arrays["ngrams"].tolist(), **self._settings)
        self._vectorizer.idf_ = arrays["idf"]
