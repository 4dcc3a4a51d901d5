"""spaCy keeps every word that it has met: what strangers type must not stay for ever."""

import random
import string

from rasa.shared.nlu.training_data.message import Message

from clara.nlu import organisations, tokenizer
from clara.nlu.organisations import OrganisationMatcher
from clara.nlu.tokenizer import SpacyTokenizer, blank_language


def strange_words(count):
    letters = random.Random(0)
    return ["".join(letters.choices(string.ascii_lowercase, k=9)) for _ in range(count)]


def test_words_are_forgotten(knowledge, monkeypatch):
    most = 3_000
    for module in (organisations, tokenizer):
        monkeypatch.setattr(module, "MOST_WORDS", most)
    splitter, matcher = SpacyTokenizer(SpacyTokenizer.get_default_config()), OrganisationMatcher(knowledge.organisations)
    words = strange_words(10_000)
    for start in range(0, len(words), 50):
        message = Message({"text": " ".join([*words[start : start + 50], "inca"]), "language": "fr"})
        splitter.process([message])
        matcher.process([message])
        assert message.get("entities")[-1]["value"] == "organisation_inca"
    assert len(blank_language("fr").vocab) <= most + 100
    assert len(matcher._vocabulary) <= most + 100
