"""Typographic signs that nobody should have to type: editors write plain quotes and spaces, visitors read set text."""

import re

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"


def typeset(text: str, language: str) -> str:
    """Set a text: typographic apostrophes, and in French the spaces that keep a sign with its word.

    Source for French: Imprimerie nationale, « Lexique des règles typographiques » (a narrow no-break space before ; ! ?, a full
    one before : and inside « »).
    """
    text = " ".join(text.split())
    text = re.sub(r"(?<=\w)'", "’", text)
    if language == "fr":
        text = re.sub(r" (?=[;!?])", NARROW_NO_BREAK_SPACE, text)
        text = re.sub(r" (?=[:»])", NO_BREAK_SPACE, text)
        text = re.sub(r"(?<=«) ", NO_BREAK_SPACE, text)
    return text
