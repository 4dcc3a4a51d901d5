"""What must hold for these very words, beside what is refused from whoever edits them (clara/knowledge/review.py)."""

import re

import pytest

from clara.knowledge import LANGUAGES, load_knowledge
from clara.settings import read_settings

KNOWLEDGE = load_knowledge(read_settings({}).knowledge)
TOPICS = list(KNOWLEDGE.topics.values())
EVERY_TOPIC = pytest.mark.parametrize("topic", TOPICS, ids=[topic.id for topic in TOPICS])
SAYINGS = [*KNOWLEDGE.refusals.values(), *KNOWLEDGE.courtesies.values()]
EVERY_SAYING = pytest.mark.parametrize("saying", SAYINGS, ids=[saying.id for saying in SAYINGS])

EMERGENCY_NUMBERS = {"15", "112", "3114"}


def test_acronyms_of_the_page_are_never_spelt_out_and_others_never_printed():
    words = " ".join(topic.answer[language] for topic in TOPICS for language in LANGUAGES)
    spelt_out = (
        r"laborator\w+ of excellence|laboratoires? d’excellence|site de recherche int|lyon recherche|\bINCa\b|\bERDF\b|\bFEDER\b"
    )
    assert not re.search(spelt_out, words, re.IGNORECASE)


@EVERY_TOPIC
def test_figures_that_may_have_aged_are_dated(topic):
    if topic.id.startswith("programmes_") and re.search(r"\b(30|five|one of its)\b", topic.answer.en):
        assert "en years after" in topic.answer.en
        assert "ix ans après" in topic.answer.fr


@EVERY_SAYING
@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_and_courtesies_state_no_fact(saying, language):
    text = saying.text[language]
    for fact in ("Auvergne", "2003", "Lyonbiop", "DEVweCAN", "Institut national", "National Cancer", "European Reg", "européen"):
        assert fact not in text


def test_crisis_and_medical_replies_say_where_help_is():
    for language in LANGUAGES:
        crisis = KNOWLEDGE.refusals["crisis"].text[language]
        assert set(re.findall(r"\d+", crisis)) == EMERGENCY_NUMBERS
        assert re.search("doctor|médecin", KNOWLEDGE.refusals["medical"].text[language])


def test_the_assistant_says_that_it_is_a_machine():
    for id in ("courtesy_greeting", "courtesy_machine", "courtesy_capabilities", "off_topic", "medical", "crisis"):
        saying = KNOWLEDGE.courtesies.get(id) or KNOWLEDGE.refusals[id]
        assert all("machine" in saying.text[language] for language in LANGUAGES)
