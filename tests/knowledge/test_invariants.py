"""What must hold for the words themselves, whoever edits them."""

import re

import pytest
from ruamel.yaml import YAML

from clara.knowledge import LANGUAGES, load_knowledge
from clara.settings import read_settings

KNOWLEDGE = load_knowledge(read_settings({}).knowledge)
NAMES = YAML(typ="safe", pure=True).load((read_settings({}).knowledge / "names.yml").read_text(encoding="utf-8"))
TOPICS = list(KNOWLEDGE.topics.values())
EVERY_TOPIC = pytest.mark.parametrize("topic", TOPICS, ids=[topic.id for topic in TOPICS])
SAYINGS = [*KNOWLEDGE.refusals.values(), *KNOWLEDGE.courtesies.values()]
EVERY_SAYING = pytest.mark.parametrize("saying", SAYINGS, ids=[saying.id for saying in SAYINGS])

NUMBERS = {
    "en": r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twofold)\b",
    "fr": r"\d+|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|double)\b",
}
EMERGENCY_NUMBERS = {"15", "112", "3114"}
# "one" and "two" in these are no figures.
NO_FIGURE = r"one of (?:the|them|CLARA)|the (?:only )?one (?:of|partner)|which one"


def proper_names(text):
    """Runs of words with a capital inside a sentence, and words with a capital after their first letter."""
    inside = re.sub(r"(^|[.!?:] )([A-ZÉ][a-zéèà]*\b)", lambda match: match[0].lower(), text)
    word = r"(?:[A-ZÉÔ][\w’-]*|\w+[A-Z]\w*)"
    return re.findall(rf"{word}(?: {word})*", inside)


@EVERY_TOPIC
def test_english_names_stand_in_the_sources(topic):
    sources = " ".join(passage.text for passage in topic.sources)
    for name in proper_names(topic.answer.en):
        for word in re.sub(r"’s\b", "", name).split():
            assert word in sources or word in ("CLARA", "About"), f"{word!r} isn't in the sources"


@EVERY_TOPIC
def test_english_figures_stand_in_the_sources(topic):
    sources = " ".join(passage.text for passage in topic.sources).lower()
    for number in re.findall(NUMBERS["en"], re.sub(NO_FIGURE, "", topic.answer.en, flags=re.IGNORECASE).lower()):
        assert number in sources, f"{number!r} isn't in the sources"


@EVERY_TOPIC
def test_french_names_and_figures_render_words_of_the_sources(topic):
    sources = " ".join(passage.text for passage in topic.sources).lower()
    text = topic.answer.fr
    for french in sorted(NAMES, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(french)}(?!\w)", text, re.IGNORECASE):
            assert NAMES[french].lower() in sources or french == "CLARA", f"{french!r} isn't in the sources"
            text = re.sub(rf"(?<!\w){re.escape(french)}(?!\w)", "", text, flags=re.IGNORECASE)
    assert not re.findall(NUMBERS["fr"], text.lower()), "a figure that isn't in names.yml"
    elided = re.sub(r"\b[LlDdQqJj]’", "", text)
    assert not proper_names(elided), "a name that isn't in names.yml"


def test_every_sentence_of_the_page_is_the_source_of_a_topic():
    passages = {passage.text for topic in TOPICS for passage in topic.sources}
    for sentence in KNOWLEDGE.page.sentences():
        left = sentence
        for passage in sorted(passages, key=len, reverse=True):
            left = left.replace(passage, " ")
        assert not re.findall(r"\w{4,}", left), f"no topic rests on {left.strip()!r}"


def test_acronyms_of_the_page_are_never_spelt_out_and_others_never_printed():
    words = " ".join(topic.answer[language] for topic in TOPICS for language in LANGUAGES)
    spelt_out = (
        r"laborator\w+ of excellence|laboratoires? d’excellence|site de recherche int|lyon recherche|\bINCa\b|\bERDF\b|\bFEDER\b"
    )
    assert not re.search(spelt_out, words, re.IGNORECASE)


@EVERY_TOPIC
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_suggestions_hold_no_figure_and_fit_any_channel(topic, language):
    assert not re.search(r"\d", topic.title[language] + topic.suggestion[language])
    assert len(topic.suggestion[language].encode()) <= 64, "Telegram takes 64 bytes"
    assert topic.suggestion[language].endswith("?")


@EVERY_TOPIC
def test_related_topics_are_others(topic):
    assert topic.id not in topic.related
    assert topic.related


def test_no_two_suggestions_ask_the_same():
    for language in LANGUAGES:
        questions = [topic.suggestion[language] for topic in TOPICS]
        assert len(set(questions)) == len(questions)


@EVERY_TOPIC
@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_short_paragraphs(topic, language):
    assert len(topic.answer[language]) <= 450
    assert topic.answer[language][0].isupper()
    assert topic.answer[language].endswith(".")


@EVERY_TOPIC
def test_figures_that_may_have_aged_are_dated(topic):
    if topic.id.startswith("programmes_") and re.search(r"\b(30|five|one of its)\b", topic.answer.en):
        assert "en years after" in topic.answer.en
        assert "ix ans après" in topic.answer.fr


@EVERY_SAYING
@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_and_courtesies_state_no_fact(saying, language):
    text = saying.text[language]
    numbers = set(re.findall(r"\d+", text))
    assert numbers <= (EMERGENCY_NUMBERS if saying.id in ("medical", "crisis") else set())
    for fact in ("Auvergne", "2003", "Lyonbiop", "DEVweCAN", "Institut national", "National Cancer", "European Reg", "européen"):
        assert fact not in text


def test_crisis_and_medical_replies_say_where_help_is_and_offer_nothing_else():
    for language in LANGUAGES:
        crisis = KNOWLEDGE.refusals["crisis"].text[language]
        assert set(re.findall(r"\d+", crisis)) == EMERGENCY_NUMBERS
        assert re.search("doctor|médecin", KNOWLEDGE.refusals["medical"].text[language])
    assert not KNOWLEDGE.refusals["crisis"].suggestions
    assert not KNOWLEDGE.refusals["medical"].suggestions


def test_the_assistant_says_that_it_is_a_machine():
    for id in ("courtesy_greeting", "courtesy_machine", "courtesy_capabilities", "off_topic", "medical", "crisis"):
        saying = KNOWLEDGE.courtesies.get(id) or KNOWLEDGE.refusals[id]
        assert all("machine" in saying.text[language] for language in LANGUAGES)


def test_organisations_are_known_first_by_their_name_on_the_page():
    page = " ".join(KNOWLEDGE.page.paragraphs)
    for organisation in KNOWLEDGE.organisations.values():
        assert organisation.aliases[0] in page
