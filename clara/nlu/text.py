"""How text is made comparable."""

import unicodedata


def plain(text: str) -> str:
    """The text in lower case, with narrow spaces, full-width letters and typographic apostrophes made plain."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").lower().split())


def fold(text: str) -> str:
    """The plain text without accents."""
    return without_accents(plain(text))


def without_accents(text: str) -> str:
    """The text without accents, its capitals as they are."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
