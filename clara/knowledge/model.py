"""The knowledge as typed, immutable objects. A page's fact, a name or a wording stands in data/knowledge, never here."""

from collections.abc import Mapping
from dataclasses import dataclass

from clara.knowledge.page import Page, Passage

LANGUAGES = ("en", "fr")
LANGUAGE_NAMES = {"en": "English", "fr": "French"}
REFUSAL_KINDS = ("not_on_page", "off_topic", "medical", "crisis", "unclear")
PRIVATE_KINDS = frozenset({"medical", "crisis"})  # of refusals: the words of such messages are kept nowhere
MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Words:
    """The same thing said in each language of LANGUAGES."""

    en: str
    fr: str

    def __getitem__(self, language: str) -> str:
        """The words in this language; KeyError where it is not one of LANGUAGES."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return str(getattr(self, language))


@dataclass(frozen=True)
class Topic:
    """One thing the page says, that a visitor can ask for.

    Attributes:
        id: its name, which is also the intent's.
        title: a few words, without a fact in them.
        suggestion: the question that asks for it, for a button that asks it as plain text.
        answer: our sentences.
        sources: the passages that the answer rests on; at least one.
        related: the topics that are offered beside the answer, at most MAX_SUGGESTIONS.
    """

    id: str
    title: Words
    suggestion: Words
    answer: Words
    sources: tuple[Passage, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Organisation(Topic):
    """A named body on the page: a topic that can be asked for by its name.

    Attributes:
        aliases: the ways people write the name, in any language; the first is the name as the page writes it.
        not_names: ordinary words that look like a misspelt name, and aren't one.
    """

    aliases: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A reply without a fact, of a kind of REFUSAL_KINDS.

    Attributes:
        id: its name, which is also the intent's.
        kind: one of REFUSAL_KINDS.
        title: a few words.
        text: our sentences.
        suggestions: topics that are offered instead.
        contact: whether it was asked how to reach CLARA.
    """

    id: str
    kind: str
    title: Words
    text: Words
    suggestions: tuple[str, ...]
    contact: bool = False


@dataclass(frozen=True)
class Courtesy:
    """An answer to small talk; `suggestions` names topics."""

    id: str
    title: Words
    text: Words
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """The words of the assistant that belong to no topic (data/knowledge/phrases.yml says where each is shown)."""

    source_line: Words
    one_paragraph: Words
    several_paragraphs: Words
    passage_in_english: Words
    did_you_mean: Words
    none_of_these: Words
    yes: Words
    no: Words
    apology: Words
    unreadable: Words
    empty: Words
    too_long: Words
    too_fast: Words
    session_over: Words
    foreign_origin: Words
    text_only: Words
    choose: Words
    contact: Words
    opening: Words


@dataclass(frozen=True)
class Knowledge:
    """Everything the assistant knows and says; `topics` holds the organisations too."""

    page: Page
    topics: Mapping[str, Topic]
    refusals: Mapping[str, Refusal]
    courtesies: Mapping[str, Courtesy]
    phrases: Phrases

    @property
    def organisations(self) -> dict[str, Organisation]:
        """The topics that are organisations, by id."""
        return {id: topic for id, topic in self.topics.items() if isinstance(topic, Organisation)}
