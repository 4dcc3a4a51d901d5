"""No visitor can be recognised by what the report shows of their words."""

import pytest

from clara.report.masking import is_masked, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to jean.dupont+clara@gmail.com please", "write to [e-mail] please"),
        ("mon mail: jean (at) laposte.net", "mon mail: [e-mail]"),
        ("jean arobase free.fr", "[e-mail]"),
        ("call me on 06 12 34 56 78", "call me on [phone]"),
        ("mon numéro 0612345678 merci", "mon numéro [phone] merci"),
        ("04.72.11.22.33", "[phone]"),
        ("+33 6 12 34 56 78?", "[phone]?"),
        ("0033612345678", "[phone]"),
        ("+44 20 7946 0958", "[phone]"),
        ("(555) 123-4567", "[phone]"),
        ("my name is john smith and I need a grant", "my name is [name] and I need a grant"),
        ("My name's Anne-Marie O'Neill, who funds you?", "My name's [name], who funds you?"),
        ("I'm Peter Brown from Leeds", "I'm [name] from Leeds"),
        ("this is Dr Brown", "this is Dr [name]"),
        ("je m'appelle marie de la tour et je cherche un stage", "je m'appelle [name] et je cherche un stage"),
        ("jm'appelle Kevin", "jm'appelle [name]"),
        ("Je suis Paul Durand, chercheur", "Je suis [name], chercheur"),
        ("mon nom est Durand", "mon nom est [name]"),
        ("moi c'est leila", "moi c'est [name]"),
        ("Qui finance ? Cordialement, Paul Durand", "Qui finance ? Cordialement, [name]"),
        ("le docteur Martin travaille chez vous ?", "le docteur [name] travaille chez vous ?"),
        ("M. Lefebvre est là ?", "M. [name] est là ?"),
        ("j'habite 12 bis rue Victor Hugo, Lyon", "j'habite [address], Lyon"),
        ("I live at 221 Baker Street", "I live at [address]"),
        ("né le 12/03/1980", "né le [date]"),
        ("numéro de sécu 1 80 03 69 123 456 78", "numéro de sécu [number]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[number]"),
        ("see https://facebook.com/jean.dupont", "see [link]"),
        ("@jdupont69 sur twitter", "[name] sur twitter"),
        ("c'est pour mon mari Jean Martin, qui finance ?", "c'est pour mon mari [name], qui finance ?"),
        ("my husband John Smith has asked", "my husband [name] has asked"),
        ("de la part de Marie Curie", "de la part de [name]"),
        ("appelez-moi au 06.12.34.56.78", "appelez-moi au [phone]"),
        ("jean [at] free [dot] fr", "[e-mail]"),
        ("born 3 May 1970", "born [date]"),
        ("née le 3 mai 1970", "née le [date]"),
        ("I live in SW1A 1AA", "I live in [address]"),
        ("Merci d'avance, Paul Durand", "Merci d'avance, [name]"),
        ("je suis paul durand", "je suis [name]"),
        ("je m'appelle Clara Martin", "je m'appelle [name]"),
        ("I'm Clara Dupont", "I'm [name]"),
        ("my name is Scott Miller", "my name is [name]"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(text, masked):
    assert mask(text) == masked
    assert is_masked(mask(text))


@pytest.mark.parametrize(
    "text",
    [
        "Since 2003, how many of the 30 projects were certified?",
        "Je suis chercheuse, qui finance le CLARA ?",
        "I'm a journalist, who is the director?",
        "Is this Ask CLARA?",
        "je suis CLARA Lyon",
        "c'est quoi le LabEx DEVweCAN ?",
        "appel à projets 2024 2025",
        "What does my name matter?",
        "M comme mission ?",
        "budget 2022 vs 2023",
        "Je suis Lyonnais",
        "I'm Irish and curious",
        "Je suis Directrice de recherche",
        "C'est Lyonbiopôle ?",
        "call me back please",
        "route map 2020",
        "cours de biologie 2 en 2003",
    ],
)
def test_the_rest_stays(text):
    assert mask(text) == text
    assert not is_masked(text)


def test_several_lines_become_one():
    assert mask("who\n  pays\tfor it") == "who pays for it"
