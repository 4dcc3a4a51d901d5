"""Splits a message into words by the rules of its language."""

from functools import lru_cache
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from clara.knowledge import LANGUAGES
from clara.nlu.keys import LANGUAGE

MOST_WORDS = 50_000  # that a language keeps, some 30 MB: spaCy forgets no word that it has met, so it is read anew beyond


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """The tokenizers that spaCy has for English and French.

    Rasa's SpacyTokenizer takes one language and wants a trained package on disk; the tokenizers need none.
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
    """A language of spaCy's without a trained pipeline: its tokenizer and its vocabulary."""
    return spacy.blank(language)
