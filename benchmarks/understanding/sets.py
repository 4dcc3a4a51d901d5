"""The measuring questions of tests/understanding; none of them is trained on."""

import re
from dataclasses import dataclass

from ruamel.yaml import YAML

from clara.knowledge import LANGUAGES
from clara.settings import ROOT

FOLDER = ROOT / "tests" / "understanding"
GROUPS = ("questions", "alarming", "yes_no", "several", "names")
DIALOGUES, TYPOS = "dialogues", "typos"


@dataclass(frozen=True)
class Question:
    """What a person might type.

    Attributes:
        text: the message.
        language: the one that the reply is due in, "en" or "fr".
        labels: what it asks for: ids of topics, refusals or courtesies; several where several are equally right.
        group: one of GROUPS: plain ones; ordinary ones with alarming words; ones that want a yes or a no; several at once; about
            organisations and what looks like their names; or DIALOGUES, or TYPOS: plain ones with slips of the finger.
        says: of a question that wants a yes or a no, how the reply begins: "yes", "no" or "neither"; "" for others.
        all_asked: whether each of the labels is asked for, and not one of them.
    """

    text: str
    language: str
    labels: tuple[str, ...]
    group: str = "questions"
    says: str = ""
    all_asked: bool = False


def read_set(name: str) -> list[Question]:
    """The questions of one set.

    Args:
        name: "dev", for reading every miss; "test", for figures only.
    """
    questions = []
    for group in GROUPS:
        for language in LANGUAGES:
            file = FOLDER / name / f"{group}.{language}.yml"
            content = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
            for heading, texts in content.items():
                questions += [_question(text, language, group, heading) for text in texts]
    return questions


def read_dialogues(name: str) -> list[list[Question]]:
    """The dialogues of one set: what each visitor says, in turn, and what is then due; arguments as read_set's.

    A heading may end in "@en" or "@fr", where the reply is due in another language than the dialogue's.
    """
    dialogues = []
    for language in LANGUAGES:
        file = FOLDER / name / f"{DIALOGUES}.{language}.yml"
        for dialogue in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")):
            turns = []
            for turn in dialogue["turns"]:
                ((heading, text),) = turn.items()
                other = re.search(r"@(\w+)", heading)
                asked = re.sub(r"@\w+", "", heading)
                turns.append(_question(text, other[1] if other else language, DIALOGUES, asked))
            dialogues.append(turns)
    return dialogues


def _question(text: str, language: str, group: str, heading: str) -> Question:
    """Headings are "one | another" (either is right), "one + another" (both are asked for) or "one = yes"."""
    asked, _, says = (part.strip() for part in heading.partition("="))
    separator = "+" if "+" in asked else "|"
    labels = tuple(label.strip() for label in asked.split(separator))
    return Question(text, language, labels, group, says, separator == "+")
