"""Mends what people type on a phone: shorthand ("ki vs finance") and slips of the finger ("marekting")."""

import re
from collections import Counter
from string import ascii_lowercase
from typing import Any, Dict, List, Mapping, Set

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML
from spellchecker import SpellChecker

from clara.knowledge import LANGUAGES
from clara.nlu.component import LearningComponent
from clara.nlu.keys import LANGUAGE
from clara.nlu.text import fold, plain
from clara.settings import ROOT

MENDED = "mended"  # what a token is read as, where that is not what was typed
SHORTHAND = ROOT / "data" / "shorthand.yml"
SHORTEST_SLIP = 5  # letters; most shorter words are one slip away from several others
LONGEST_SLIP = 30
OFTEN = 8  # a word that so many training questions hold is no slip, even if no dictionary has it


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True
)
class SlipMender(LearningComponent):
    """Tells what each misspelt word was meant to be; the text itself stays as it was typed.

    A word is a slip if neither an English nor a French dictionary has it; it is mended only to a word of the training questions
    that is one edit away (a letter more, less, other, or two swapped): visitors ask about the same things. What is left of the
    accents is the dictionary's.
    """

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """An untrained component (see LearningComponent)."""
        super().__init__(config, storage, resource)
        self._shorthand = read_shorthand()
        self._counts: Counter[str] = Counter()  # of the words in the training questions, folded
        self._spellings: Dict[str, str] = {}  # as a dictionary writes the words that a slip may be mended to
        # The dictionaries' words, folded and sorted: as a set they would take five times the memory.
        self._known = np.zeros(0, dtype=bytes)

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take over what train() kept."""
        self._counts = Counter(dict(zip(arrays["words"].tolist(), arrays["counts"].tolist())))
        self._spellings = dict(zip(arrays["folded"].tolist(), arrays["spelt"].tolist()))
        self._known = arrays["known"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training questions."""
        texts = [fold(message.get(TEXT)) for message in training_data.intent_examples]
        self._counts = Counter(word for text in texts for word in re.findall(r"[a-z]+", text))
        spellings = dictionary_spellings()
        self._spellings = {w: spellings[w] for w, n in self._counts.items() if n > 1 and len(w) > 3 and w in spellings}
        self._known = np.array(sorted(word.encode() for word in spellings if could_slip(word)))
        return self.keep(
            known=self._known,
            words=np.array(list(self._counts), dtype=str),
            counts=np.array(list(self._counts.values())),
            folded=np.array(list(self._spellings), dtype=str),
            spelt=np.array(list(self._spellings.values()), dtype=str),
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Mend the training questions: what follows sees in training what it sees in service."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set on each token of each message what it was meant to be."""
        for message in messages:
            shorthand = self._shorthand.get(message.get(LANGUAGE) or "", {})
            for token in message.get(TOKENS_NAMES[TEXT]) or []:
                word = plain(token.text)
                mended = shorthand.get(word) or self._mend(fold(word))
                if mended:
                    token.set(MENDED, mended)
        return messages

    def _mend(self, word: str) -> str:
        """What a folded word was meant to be; "" where it is no slip, or where nothing is near."""
        if not could_slip(word) or self._counts[word] >= OFTEN or self._is_known(word):
            return ""
        swapped = swaps(word)
        near = [candidate for candidate in edits(word) | swapped if candidate in self._spellings]
        # Two swapped letters are the likeliest slip of all; then the commoner word is.
        best = max(near, key=lambda w: (self._counts[w] * (3 if w in swapped else 1), w), default="")
        return self._spellings.get(best, "")

    def _is_known(self, word: str) -> bool:
        place = int(np.searchsorted(self._known, word.encode()))
        return place < len(self._known) and self._known[place] == word.encode()


def could_slip(word: str) -> bool:
    """Whether a folded word is one that is mended at all: of letters, neither too short nor longer than words are."""
    return SHORTEST_SLIP <= len(word) <= LONGEST_SLIP and word.isascii() and word.isalpha()


def as_meant(token: Token) -> str:
    """What a token was meant to be, or what was typed."""
    mended = token.get(MENDED)
    return str(mended) if mended else token.text


def edits(word: str) -> Set[str]:
    """The words that are one letter more, less or other away."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    fewer = {head + tail[1:] for head, tail in cuts if tail}
    others = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    more = {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return fewer | others | more


def swaps(word: str) -> Set[str]:
    """The words that come of swapping two neighbouring letters."""
    return {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}


def read_shorthand() -> Dict[str, Mapping[str, str]]:
    """The shorthand of each language, from data/shorthand.yml."""
    content: Dict[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(SHORTHAND.read_text(encoding="utf-8"))
    return {language: {plain(short): long for short, long in content[language].items()} for language in LANGUAGES}


def dictionary_spellings() -> Dict[str, str]:
    """The dictionaries' words as they are spelt, by what they fold to; where several fold alike, the commonest."""
    frequencies: Dict[str, int] = {}
    spellings: Dict[str, str] = {}
    for language in LANGUAGES:
        for word, frequency in SpellChecker(language=language).word_frequency.dictionary.items():
            folded = fold(word)
            if frequency > frequencies.get(folded, 0):
                frequencies[folded], spellings[folded] = frequency, word
    return spellings
