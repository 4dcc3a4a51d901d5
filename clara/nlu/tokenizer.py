"""Splits a message into words by the rules of its language."""

from functools import lru_cache
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.lang.char_classes import ALPHA
from spacy.lang.punctuation import TOKENIZER_INFIXES
from spacy.language import Language
from spacy.util import compile_infix_regex

from clara.knowledge import LANGUAGES
from clara.nlu.keys import LANGUAGE

ELISION = rf"(?<=[{ALPHA}]['’])(?=[{ALPHA}])"  # "l'INCa" is two words
MOST_WORDS = 50_000  # that a language keeps, some 30 MB: spaCy forgets no word that it has met, so it is read anew beyond


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """spaCy's tokenizers: the English one, and for French its language-neutral one, with elisions added.

    Rasa's SpacyTokenizer takes one language and wants a trained package on disk; the tokenizers need none. spaCy's French one
    keeps "vis-à-vis" together, by an expression that takes seven seconds to compile at every start; nothing here needs it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Rasa's settings for tokenizers; none is of use here."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        """Read the languages' rules now, not with the first message."""
        super().__init__(config)
        for language in LANGUAGES:
            blank_language(language)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The words of one attribute of the message, with their offsets in characters."""
        language = blank_language(message.get(LANGUAGE) or "en")
        tokens = [Token(t.text, t.idx) for t in language.make_doc(message.get(attribute)) if not t.is_space]
        if len(language.vocab) > MOST_WORDS:
            blank_language.cache_clear()
        return tokens


@lru_cache(maxsize=None)
def blank_language(language: str) -> Language:
    """A language without a trained pipeline: its tokenizer and its vocabulary."""
    if language != "fr":
        return spacy.blank(language)
    french = spacy.blank("xx")
    tokenizer: Any = french.tokenizer  # spaCy says no more of its type than that it can be called
    tokenizer.infix_finditer = compile_infix_regex([*TOKENIZER_INFIXES, ELISION]).finditer
    return french
