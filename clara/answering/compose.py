"""From what was understood to one reply."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from clara.answering.reply import ANSWER, COURTESY, DID_YOU_MEAN, Reply
from clara.knowledge import Knowledge
from clara.knowledge.model import MAX_SUGGESTIONS

Item = TypeVar("Item", bound=Hashable)


def answer(knowledge: Knowledge, topics: Sequence[str], language: str, page_says: str = "", refused: Sequence[str] = ()) -> Reply:
    """Answer one or more topics, in their order, in one paragraph.

    Args:
        knowledge: what to answer from.
        topics: ids of topics or organisations, at least one.
        language: "en" or "fr".
        page_says: "yes" or "no", where the question can be answered so; said of a single topic only.
        refused: ids of refusals: what was asked for too, and can't be answered.

    Raises:
        KeyError: a topic, a refusal or the language doesn't exist.
    """
    asked = [knowledge.topics[id] for id in _each_once(topics)]
    sources = _each_once(passage for topic in asked for passage in topic.sources)
    related = _each_once(id for topic in asked for id in topic.related)
    said = {"yes": knowledge.phrases.yes, "no": knowledge.phrases.no}.get(page_says) if len(asked) == 1 else None
    sentences = [
        *([said[language]] if said else []),
        *_each_once(topic.answer[language] for topic in asked),
        *_each_once(knowledge.refusals[id].text[language] for id in refused),
    ]
    return Reply(
        text=" ".join(sentences),
        kind=ANSWER,
        about=(*(topic.id for topic in asked), *_each_once(refused)),
        language=language,
        sources=tuple(sources),
        suggestions=_questions(knowledge, (id for id in related if id not in topics), language),
    )


def ask_back(knowledge: Knowledge, near: Sequence[str], language: str) -> Reply:
    """Ask which question was meant, where none is certain enough to be answered.

    Args:
        knowledge: what to take the words from.
        near: the topics that may be meant, most certain first, at least one; where they are few, those related to the first are
            offered too, up to MAX_SUGGESTIONS, and "none of these".
        language: "en" or "fr".

    Raises:
        KeyError: a topic or the language doesn't exist.
    """
    phrases = knowledge.phrases
    offered = _each_once([*near, *knowledge.topics[near[0]].related])[:MAX_SUGGESTIONS]
    return Reply(
        text=phrases.did_you_mean[language],
        kind=DID_YOU_MEAN,
        about=tuple(offered),
        language=language,
        suggestions=(*_questions(knowledge, offered, language), phrases.none_of_these[language]),
    )


def refuse(knowledge: Knowledge, refusal: str, language: str, near: Iterable[str] = ()) -> Reply:
    """Say kindly that there is no answer, and offer questions that have one.

    Args:
        knowledge: what to take the words from.
        refusal: the id of a refusal.
        language: "en" or "fr".
        near: topics the message came near to, most certain first; they are offered before the refusal's own
            suggestions, unless the refusal offers none at all.

    Raises:
        KeyError: the refusal, a topic or the language doesn't exist.
    """
    entry = knowledge.refusals[refusal]
    offered = [*near, *entry.suggestions] if entry.suggestions else []
    return Reply(
        text=entry.text[language],
        kind=entry.kind,
        about=(entry.id,),
        language=language,
        suggestions=_questions(knowledge, offered, language),
    )


def be_courteous(knowledge: Knowledge, courtesy: str, language: str) -> Reply:
    """Return a courtesy; KeyError where it or the language doesn't exist."""
    entry = knowledge.courtesies[courtesy]
    return Reply(
        text=entry.text[language],
        kind=COURTESY,
        about=(entry.id,),
        language=language,
        suggestions=_questions(knowledge, entry.suggestions, language),
    )


def source_line(knowledge: Knowledge, reply: Reply) -> str:
    """The line that says where on the page an answer stands, for channels that show text only; "" without sources."""
    numbers = [str(number) for number in sorted({passage.paragraph for passage in reply.sources})]
    if not numbers:
        return ""
    phrases, language = knowledge.phrases, reply.language
    if len(numbers) == 1:
        paragraphs = phrases.one_paragraph[language].format(number=numbers[0])
    else:
        paragraphs = phrases.several_paragraphs[language].format(numbers=", ".join(numbers[:-1]), last=numbers[-1])
    return phrases.source_line[language].format(paragraphs=paragraphs)


def _questions(knowledge: Knowledge, topics: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(knowledge.topics[id].suggestion[language] for id in _each_once(topics)[:MAX_SUGGESTIONS])


def _each_once(items: Iterable[Item]) -> list[Item]:
    return list(dict.fromkeys(items))
