"""A reply as a typed object: what is said, of which kind, on which grounds."""

from dataclasses import dataclass
from typing import Any

from clara.knowledge import Passage

ANSWER = "answer"
COURTESY = "courtesy"
DID_YOU_MEAN = "did_you_mean"
UNCLEAR = "unclear"  # of the kinds of refusal, the one that says nothing of what was asked
BESIDE_THE_THREAD = (COURTESY, DID_YOU_MEAN, UNCLEAR)  # kinds that leave what was last spoken of as it was


@dataclass(frozen=True)
class Reply:
    """One reply to one message.

    Attributes:
        text: one paragraph, typeset, in `language`.
        kind: ANSWER, COURTESY, DID_YOU_MEAN or a kind of refusal.
        about: what it answers, refuses, returns or offers: ids of topics, of refusals or of a courtesy.
        language: "en" or "fr".
        sources: the passages it rests on; empty unless it is an answer.
        suggestions: the questions offered beside it, in `language`.
    """

    text: str
    kind: str
    about: tuple[str, ...]
    language: str
    sources: tuple[Passage, ...] = ()
    suggestions: tuple[str, ...] = ()

    def metadata(self) -> dict[str, Any]:
        """What channels of our own tell beside the text, as plain JSON types; `topics` are what it is about, refusals too."""
        return {
            "kind": self.kind,
            "topics": list(self.about),
            "language": self.language,
            "sources": [{"text": passage.text, "paragraph": passage.paragraph} for passage in self.sources],
        }

    def buttons(self) -> list[dict[str, str]]:
        """The suggestions as Rasa buttons: each asks its question as plain text."""
        return [{"title": question, "payload": question} for question in self.suggestions]
