"""What the console shows: its welcome, its help, a reply."""

from typing import Any

from clara.channels.offering import starters
from clara.knowledge import Knowledge, Phrases
from clara.shell.terminal import BOLD, DIM, Paragraph
from clara.shell.words import ENTRIES, HELP, KINDS, LOADING, TITLE, WELCOME

NOTHING = Paragraph("")


def welcome(language: str) -> list[Paragraph]:
    """What is shown at once, before anything is loaded."""
    return [
        Paragraph(TITLE[language], style=BOLD),
        *(Paragraph(words[language]) for words in WELCOME),
        Paragraph(LOADING[language], style=DIM),
    ]


def opening(knowledge: Knowledge, language: str) -> list[Paragraph]:
    """What a visitor sees before the first message."""
    return [NOTHING, Paragraph(knowledge.phrases.opening[language]), *_numbered(starters(knowledge, language))]


def help_on_commands(language: str) -> list[Paragraph]:
    """What can be typed beside questions."""
    return [
        NOTHING,
        *(Paragraph(does[language], f"  {command:<7}  ") for command, does in HELP.items()),
        NOTHING,
        Paragraph(ENTRIES[language]),
    ]


def shown(reply: dict[str, Any], phrases: Phrases, language: str) -> list[Paragraph]:
    """A reply: what is said, its kind and its entries, the passages it rests on, numbered suggestions.

    Args:
        reply: as ReplyCollector keeps it.
        phrases: have the words beside a passage, which are the reply's.
        language: the console's.
    """
    passage = phrases.passage_in_english[reply["language"]]
    return [
        NOTHING,
        Paragraph(reply["text"]),
        Paragraph(f"{KINDS[reply['kind']][language]} · {', '.join(reply['topics'])}", "  ", BOLD),
        *(Paragraph(f"“{source['text']}” ({passage})", f"  § {source['paragraph']}  ", DIM) for source in reply["sources"]),
        *_numbered(reply["suggestions"]),
    ]


def _numbered(questions: list[str]) -> list[Paragraph]:
    return [Paragraph(question, f"  {number}. ") for number, question in enumerate(questions, start=1)]
