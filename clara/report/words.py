"""What the report itself says (words.yml); what visitors and the assistant say comes from the conversations and the knowledge."""

from pathlib import Path

from ruamel.yaml import YAML

from clara.knowledge.typography import typeset

FILE = Path(__file__).with_name("words.yml")


def words_in(language: str) -> dict[str, str]:
    """The words by their names, typeset.

    Args:
        language: "en" or "fr".
    """
    content = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return {name: typeset(texts[language], language) for name, texts in content.items()}
