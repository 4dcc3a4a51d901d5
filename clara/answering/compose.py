"""From what was understood to one reply."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from clara.answering.reply import ANSWER, COURTESY, DID_YOU_MEAN, Reply
from clara.knowledge import Knowledge
from clara.knowledge.model import MAX_SUGGESTIONS, Topic

Item = TypeVar("Item", bound=Hashable)


def answer(knowledge: Knowledge, asked: Sequence[str], language: str, page_says: str = "") -> Reply:
    """Answer one or more questions, in their order, in one paragraph.

    Args:
        knowledge: what to answer from.
        asked: ids of topics or organisations, at least one, and of refusals: what was asked for too, and can't be answered.
        language: "en" or "fr".
        page_says: "yes" or "no", where the question can be answered so; said of a single topic only.

    Raises:
        KeyError: a topic, a refusal or the language doesn't exist.
    """
    entries = [knowledge.refusals[id] if id in knowledge.refusals else knowledge.topics[id] for id in _each_once(asked)]
    topics = [entry for entry in entries if isinstance(entry, Topic)]
    sources = _each_once(passage for topic in topics for passage in topic.sources)
    related = _each_once(id for topic in topics for id in topic.related)
    said = {"yes": knowledge.phrases.yes, "no": knowledge.phrases.no}.get(page_says) if len(entries) == 1 else None
    words = [entry.answer if isinstance(entry, Topic) else entry.text for entry in entries]
    return Reply(
        text=" ".join(_each_once(said_in[language] for said_in in ([said, *words] if said else words))),
        kind=ANSWER,
        about=tuple(entry.id for entry in entries),
        language=language,
        sources=tuple(sources),
        suggestions=_questions(knowledge, (id for id in related if id not in asked), language),
    )


def reply_to(knowledge: Knowledge, asked: Sequence[str], language: str, page_says: str = "") -> Reply:
    """Answer what can be answered, or refuse where nothing can; arguments as answer()'s, without its need for a topic."""
    if any(id in knowledge.topics for id in asked):
        return answer(knowledge, asked, language, page_says)
    return refuse(knowledge, asked, language)


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


def refuse(knowledge: Knowledge, refused: Sequence[str], language: str, near: Iterable[str] = ()) -> Reply:
    """Say kindly that there is no answer, and offer questions that have one.

    Args:
        knowledge: what to take the words from.
        refused: ids of refusals, at least one, in the order asked; the kind and the suggestions are the first's, or those of the
            one that offers none: somebody in need is offered no other subject.
        language: "en" or "fr".
        near: topics the message came near to, most certain first; they are offered before the refusal's own
            suggestions.

    Raises:
        KeyError: the refusal, a topic or the language doesn't exist.
    """
    entries = [knowledge.refusals[id] for id in _each_once(refused)]
    in_need = next((entry for entry in entries if not entry.suggestions), None)
    offered = [] if in_need else [*near, *entries[0].suggestions]
    return Reply(
        text=" ".join(entry.text[language] for entry in entries),
        kind=(in_need or entries[0]).kind,
        about=tuple(entry.id for entry in entries),
        language=language,
        suggestions=_questions(knowledge, offered, language),
    )


def next_topic(knowledge: Knowledge, thread: Sequence[str], told: Collection[str]) -> str | None:
    """The topic to go on with: the nearest to what was spoken of last that was not told yet; None where all were.

    Args:
        knowledge: what is related to what.
        thread: ids of topics and refusals; where it is empty, the first topic of all comes first.
        told: ids of topics.
    """
    nearest = list(thread)
    for id in nearest:  # grows as it goes: what is related, then what is related to that
        entry = knowledge.topics.get(id)
        nearest += [near for near in (entry.related if entry else knowledge.refusals[id].suggestions) if near not in nearest]
    return next((id for id in [*nearest, *knowledge.topics] if id in knowledge.topics and id not in {*told, *thread}), None)


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
