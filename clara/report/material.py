"""A group of questions as an editor takes it over: as ways to ask for something, or as the beginning of a topic."""

import io
from collections.abc import Iterable

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from clara.knowledge import LANGUAGES
from clara.report.groups import Group
from clara.report.masking import is_masked


def as_examples(group: Group) -> dict[str, str]:
    """Blocks for data/nlu, by language; without questions in which something is masked."""
    blocks = {}
    for language in LANGUAGES:
        texts: dict[str, list[str]] = {}  # by what they come after
        for question in group.questions:
            if question.language == language and not is_masked(question.text):
                texts.setdefault(question.after, []).append(_plain(question.text))
        if texts:
            blocks[language] = _yaml([_entry(language, after, texts[after]) for after in sorted(texts)])
    return blocks


def _entry(language: str, after: str, texts: Iterable[str]) -> dict[str, object]:
    metadata = {"language": language} | ({"after": after} if after else {})
    return {"intent": "NAME", "metadata": metadata, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts))}


def as_topic(group: Group) -> str:
    """An entry for data/knowledge/topics, to be filled in; its suggestions are the group's first questions that say it all."""
    asked = {}
    for language in LANGUAGES:
        texts = (q.text for q in group.questions if q.language == language and not q.after and not is_masked(q.text))
        asked[language] = next(texts, "")
    empty = dict.fromkeys(LANGUAGES, "")
    return _yaml({"NAME": {"title": dict(empty), "suggestion": asked, "answer": empty, "sources": [""], "related": []}})


def _plain(text: str) -> str:
    """A text in which Rasa sees no entity: [words](name)."""
    return text.replace("[", "(").replace("]", ")")


def _yaml(content: object) -> str:
    yaml = YAML()
    yaml.width = 10_000  # type: ignore[assignment]  # declared as None, which it is until it is set
    yaml.indent(sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()
