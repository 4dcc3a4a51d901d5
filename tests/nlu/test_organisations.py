import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT

from benchmarks.understanding.sets import read_set
from clara.nlu.organisations import OrganisationMatcher
from clara.nlu.text import fold
from clara.nlu.tokenizer import SpacyTokenizer


@pytest.fixture
def find(make, knowledge):
    tokenizer, matcher = make(SpacyTokenizer), OrganisationMatcher(knowledge.organisations)

    def find(text, language="en"):
        from rasa.shared.nlu.training_data.message import Message

        message = Message({TEXT: text, "language": language})
        tokenizer.process([message])
        matcher.process([message])
        return message.get(ENTITIES)

    return find


def named(entities):
    return [entity["value"] for entity in entities]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("What does INCa do?", "organisation_inca"),
        ("i.n.ca", "organisation_inca"),
        ("the french national cancer institut", "organisation_inca"),
        ("Quid de l'Institut national du cancer ?", "organisation_inca"),
        ("L'INCA", "organisation_inca"),
        ("is there ERDF money", "organisation_erdf"),
        ("et le feder alors", "organisation_erdf"),
        ("fond européen de developement regional", "organisation_erdf"),
        ("le labex devwecane", "organisation_devwecan"),
        ("DEV WE CAN", "organisation_devwecan"),
        ("LabEx?", "organisation_devwecan"),
        ("le siric lyrick, cest quoi", "organisation_lyric"),
        ("siriclyric", "organisation_lyric"),
        ("carnot calim institute", "organisation_calym"),
        ("l’institut Carnot", "organisation_calym"),
        ("lyon-biopole", "organisation_lyonbiopole"),
        ("lyonbiopol", "organisation_lyonbiopole"),
        ("Lyon Biopôle", "organisation_lyonbiopole"),
        ("onco therapy", "organisation_oncotherapy"),
        ("oncotherapyscience", "organisation_oncotherapy"),
        ("Oncothérapie Sciences", "organisation_oncotherapy"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_name_however_it_is_written(find, text, organisation, language):
    assert named(find(text, language)) == [organisation]


@pytest.mark.parametrize(
    "text",
    [
        "I cannot come",
        "keep calm",
        "un homme calme",
        "the lyrics of a song",
        "a bird feeder",
        "once upon a time",
        "la recherche sur le cancer",
        "the national cancer plans",
        "Lyon",
        "fidèle au poste",
        "I have a fever",
        "un label de qualité",
        "latex gloves",
        "what's the lyric of your song",
    ],
)
def test_ordinary_words_are_no_names(find, text):
    assert find(text) == []


def test_questions_about_something_else_name_no_organisation(find, knowledge):
    """Development questions that have nothing to do with organisations; in distress, one may be asked for by its name.

    The group "names" is left out: that the Inca trail is no institute is for the classifier to tell.
    """
    aliases = {fold(alias) for organisation in knowledge.organisations.values() for alias in organisation.aliases}
    wrong = {}
    for question in read_set("dev"):
        if question.group == "names":
            continue
        kind = getattr(knowledge.refusals.get(question.labels[0]), "kind", "topic")
        found = find(question.text, question.language)
        if kind == "crisis":
            found = [entity for entity in found if fold(question.text[entity["start"] : entity["end"]]) not in aliases]
        if kind in ("off_topic", "medical", "crisis", "unclear") and found:
            wrong[question.text] = named(found)
    assert not wrong


def test_two_names_in_the_order_of_the_text(find):
    assert named(find("Is CALYM older than SIRIC LYric?")) == ["organisation_calym", "organisation_lyric"]


def test_offsets_point_at_the_name(find):
    text = "So, SIRIC LYric it is"
    (entity,) = find(text)
    assert text[entity["start"] : entity["end"]] == "SIRIC LYric"


def test_text_without_words_has_none(find):
    assert find("...") == []
