"""What must hold for the words, whoever edits them: each breach is told in words for an editor, without the place."""

import re
from collections.abc import Iterable, Iterator, Mapping

from clara.knowledge.model import LANGUAGE_NAMES, LANGUAGES, PRIVATE_KINDS, Courtesy, Refusal, Topic, Words
from clara.knowledge.page import Page

MAX_ANSWER = 450  # characters: a short paragraph
MAX_SUGGESTION = 64  # bytes that Telegram's buttons take
EMERGENCY_NUMBERS = frozenset({"15", "112", "3114"})

LARGE = {  # that state a fact wherever they stand
    "en": r"\d+|\b(?:eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|"
    r"hundreds?|thousands?|[mb]illions?|dozens?)\b",
    "fr": r"\d+|\b(?:(?:on|dou|trei|quator|quin|sei)ze|vingts?|trente|(?:quar|cinqu|soix)ante|"
    r"cents?|mille|milli(?:on|ard)s?|douzaines?)\b",
}
NUMBERS = {
    "en": rf"{LARGE['en']}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twofold)\b",
    "fr": rf"{LARGE['fr']}|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|double)\b",
}
# "one" and "two" in these are no figures.
NO_FIGURE = re.compile(r"one of (?:the|them|CLARA)|the (?:only )?one (?:of|partner)|which one", re.IGNORECASE)
WORD = r"(?:[A-ZÉÔ][\w’-]*|\w+[A-Z]\w*)"
ALWAYS_KNOWN = ("CLARA", "About")


def of_topic(topic: Topic, names: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a topic's words.

    Args:
        topic: a topic or an organisation.
        names: names and figures of French answers, with the words of the page that each renders.
    """
    sources = " ".join(passage.text for passage in topic.sources)
    yield from _english_without_source(topic.answer.en, sources)
    yield from _french_without_source(topic.answer.fr, sources.lower(), names)
    for language in LANGUAGES:
        name, answer, suggestion = LANGUAGE_NAMES[language], topic.answer[language], topic.suggestion[language]
        if len(answer) > MAX_ANSWER:
            yield f"the {name} answer has {len(answer)} characters; keep {MAX_ANSWER} at most."
        if not answer[:1].isupper() or not answer.endswith("."):
            yield f"the {name} answer must begin with a capital letter, and end with a full stop."
        if not suggestion.endswith("?"):
            yield f"the {name} suggestion must be a question, and end with a question mark."
        if len(suggestion.encode()) > MAX_SUGGESTION:
            yield f"the {name} suggestion is too long for a button; shorten it to {MAX_SUGGESTION - 4} letters or so."
        if re.search(r"\d", topic.title[language] + suggestion):
            yield f"the {name} title and suggestion must state no figure; leave it to the answer."
    if topic.id in topic.related or not topic.related:
        yield "'related' must name one topic or more, and not this one; they are offered beside its answer."


def of_saying(saying: Refusal | Courtesy) -> Iterator[str]:
    """What is wrong with the words of a refusal or a courtesy: it states no fact, and who needs help is told where it is."""
    private = isinstance(saying, Refusal) and saying.kind in PRIVATE_KINDS
    yield from of_phrase(saying.text, EMERGENCY_NUMBERS if private else frozenset())
    if isinstance(saying, Refusal) and saying.kind == "crisis":
        for language in LANGUAGES:
            if missing := EMERGENCY_NUMBERS - _figures(saying.text, language):
                name = LANGUAGE_NAMES[language]
                yield f"the {name} text doesn't name {_quoted(missing)}; somebody in distress needs it: put it back."
    if private and saying.suggestions:
        yield "it offers suggestions; somebody in need is offered no other subject: leave 'suggestions' empty."


def of_phrase(words: Words, allowed: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is wrong with words that are no answer: they state no figure but those allowed."""
    for language in LANGUAGES:
        if others := _figures(words, language) - allowed:
            yield f"the {LANGUAGE_NAMES[language]} text says {_quoted(others)}; only answers state figures: take it out."


def _figures(words: Words, language: str) -> set[str]:
    return set(re.findall(LARGE[language], words[language].lower()))


def of_suggestions(topics: Iterable[Topic]) -> Iterator[str]:
    """Which topics ask the same question."""
    asked: dict[str, str] = {}
    for topic in topics:
        for language in LANGUAGES:
            other = asked.setdefault(topic.suggestion[language], topic.id)
            if other != topic.id:
                yield f"{topic.id}: its {LANGUAGE_NAMES[language]} suggestion is {other}'s too; ask something else."


def without_topic(page: Page, topics: Iterable[Topic]) -> Iterator[str]:
    """What of the page, sentence by sentence, is no topic's source; small words left over don't count."""
    passages = sorted({passage.text for topic in topics for passage in topic.sources}, key=len, reverse=True)
    for sentence in page.sentences():
        left_over = sentence
        for passage in passages:
            left_over = left_over.replace(passage, " ")
        if re.search(r"\w{4,}", left_over):
            yield f"page.en.txt: no topic rests on {' '.join(left_over.split())!r}; write one, or add it to the sources of one."


def _english_without_source(answer: str, sources: str) -> Iterator[str]:
    for name in _proper_names(answer):
        for word in re.sub(r"’s\b", "", name).split():
            if not _stands_in(word, sources) and word not in ALWAYS_KNOWN:
                yield _no_source("English", word)
    for number in re.findall(NUMBERS["en"], NO_FIGURE.sub("", answer).lower()):
        if not _stands_in(number, sources.lower()):
            yield _no_source("English", number)


def _french_without_source(answer: str, sources: str, names: Mapping[str, str]) -> Iterator[str]:
    for french in sorted(names, key=len, reverse=True):
        found = re.compile(rf"(?<!\w){re.escape(french)}(?!\w)", re.IGNORECASE)
        if found.search(answer):
            if not _stands_in(names[french].lower(), sources) and french not in ALWAYS_KNOWN:
                yield _no_source("French", french)
            answer = found.sub("", answer)
    unknown = re.findall(NUMBERS["fr"], answer.lower()) + _proper_names(re.sub(r"\b[LlDdQqJj]’", "", answer))
    for word in unknown:
        yield f"the French answer says {word!r}, which names.yml doesn't know; add it there, with the page's words for it."


def _stands_in(words: str, text: str) -> bool:
    """Whether a text has these words whole: "ten" isn't in "potential"."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _no_source(language: str, word: str) -> str:
    return f"the {language} answer says {word!r}, which none of its sources does; correct it, or add the passage that says it."


def _proper_names(text: str) -> list[str]:
    """Runs of words with a capital inside a sentence, and words with a capital after their first letter."""
    inside = re.sub(r"(^|[.!?:] )([A-ZÉ][a-zéèà]*\b)", lambda match: match[0].lower(), text)
    return re.findall(rf"{WORD}(?: {WORD})*", inside)


def _quoted(numbers: Iterable[str]) -> str:
    return ", ".join(sorted(numbers))
