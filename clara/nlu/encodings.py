"""Keeps what a slow encoder made of a text, so that a later training need not do it again."""

import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from clara.nlu.cores import on_every_core

BATCH = 512
MOST = 100_000  # texts that are kept: some 330 MB of the wider vectors; what was not asked for lately goes first


class KeptEncodings:
    """The vectors of texts, in one file of plain arrays; a damaged one, or another encoder version's, is left aside."""

    def __init__(self, file: Path, package: str, encode: Callable[[list[str]], np.ndarray]) -> None:
        """Nothing read yet.

        Args:
            file: where the vectors are kept; made, with its folder, if it isn't there.
            package: the one that holds the encoder; vectors of another version of it are left aside.
            encode: a function of a module, so that other processes can call it: the vectors of texts, (texts, numbers); the same
                text always gets the same vector.
        """
        self._file = file
        self._version = f"{package} {version(package)}"
        self._encode = encode

    def encode(self, texts: list[str]) -> np.ndarray:
        """The vectors of texts, (texts, numbers), a process a core; they are kept for the next time."""
        known = self._read()
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        if unknown:
            batches = [unknown[start : start + BATCH] for start in range(0, len(unknown), BATCH)]
            encoded = on_every_core(self._encode, [(batch,) for batch in batches])
            known.update(zip(unknown, np.vstack(encoded)))
            self._write({text: known[text] for text in list(dict.fromkeys([*texts, *known]))[:MOST]})
        return np.vstack([known[text] for text in texts])

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._file, allow_pickle=False) as arrays:
                if str(arrays["version"]) != self._version:
                    return {}
                return dict(zip(arrays["texts"].tolist(), arrays["vectors"]))
        except (OSError, ValueError, KeyError, BadZipFile):
            return {}

    def _write(self, vectors: dict[str, np.ndarray]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(f".{os.getpid()}.npz")  # two checkouts may train at once
        np.savez(
            unfinished,
            version=self._version,
            texts=np.array(list(vectors), dtype=str),
            vectors=np.vstack(list(vectors.values())),
        )
        unfinished.replace(self._file)
