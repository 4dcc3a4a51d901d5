"""The about page, kept word for word, and exact stretches of it."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

# What the website puts around the text: it states nothing about CLARA.
FURNITURE = frozenset({"About us", "Partager cette page", "Haut de page"})
LIKE = 0.5  # how much alike two texts are, from 0 to 1 by difflib's measure, to be taken for one that was changed


@dataclass(frozen=True)
class Passage:
    """An exact stretch of the page.

    Attributes:
        text: the stretch, word for word, in the page's English.
        paragraph: the number of the paragraph that holds it, counted from 1.
    """

    text: str
    paragraph: int


class Page:
    """The page as paragraphs; the furniture around them is left out."""

    def __init__(self, text: str) -> None:
        """Read the page.

        Args:
            text: the page's whole text, paragraphs separated by blank lines.
        """
        blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
        self.paragraphs: tuple[str, ...] = tuple(block for block in blocks if block and block not in FURNITURE)

    def locate(self, text: str) -> Passage | None:
        """The passage with exactly this text, or None where the page doesn't hold it."""
        if not text:
            return None
        for number, paragraph in enumerate(self.paragraphs, start=1):
            if text in paragraph:
                return Passage(text, number)
        return None

    def nearest(self, text: str) -> str:
        """The sentence that is most like a text; "" where none is much like it."""
        return next(iter(get_close_matches(text, self.sentences(), n=1, cutoff=LIKE)), "")

    def sentences(self) -> list[str]:
        """Every sentence of the page, in order."""
        return [sentence for paragraph in self.paragraphs for sentence in re.split(r"(?<=\.) (?=[A-Z])", paragraph)]
