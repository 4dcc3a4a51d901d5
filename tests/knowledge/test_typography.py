import pytest

from clara.knowledge.typography import typeset


def test_apostrophes_become_typographic_in_both_languages():
    assert typeset("CLARA's", "en") == "CLARA’s"
    assert typeset("l'Institut", "fr") == "l’Institut"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui finance ?", "Qui finance\u202f?"),
        ("Bien ; merci !", "Bien\u202f; merci\u202f!"),
        ("Source : page", "Source\u00a0: page"),
        ("le « modèle »", "le «\u00a0modèle\u00a0»"),
    ],
)
def test_french_signs_keep_to_their_words(typed, set_):
    assert typeset(typed, "fr") == set_


def test_english_spaces_stay():
    assert typeset("Why not ?", "en") == "Why not ?"


def test_line_breaks_of_the_file_become_spaces():
    assert typeset("one\n  paragraph", "en") == "one paragraph"
