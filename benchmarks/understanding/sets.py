"""The measuring questions of tests/understanding; none of them is trained on."""

from dataclasses import dataclass

from ruamel.yaml import YAML

from clara.knowledge import LANGUAGES
from clara.settings import ROOT

FOLDER = ROOT / "tests" / "understanding"


@dataclass(frozen=True)
class Question:
    """What a person might type.

    Attributes:
        text: the message.
        language: the one it is written in, "en" or "fr".
        labels: what it asks for: ids of topics, refusals or courtesies; several where several are equally right.
    """

    text: str
    language: str
    labels: tuple[str, ...]


def read_set(name: str) -> list[Question]:
    """The questions of one set.

    Args:
        name: "dev", for reading every miss; "test", for figures only.
    """
    questions = []
    for language in LANGUAGES:
        content = YAML(typ="safe", pure=True).load((FOLDER / name / f"{language}.yml").read_text(encoding="utf-8"))
        for labels, texts in content.items():
            questions += [Question(text, language, tuple(label.strip() for label in labels.split("|"))) for text in texts]
    return questions
