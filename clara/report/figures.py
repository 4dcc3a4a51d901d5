"""The figures of a period."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clara.answering.reply import ANSWER, COURTESY, DID_YOU_MEAN, UNCLEAR
from clara.knowledge import Knowledge
from clara.report.period import Period
from clara.stores import WITHHELD
from clara.stores.turns import Turn

NO_REPLY = ""
UNHELPFUL = "unhelpful"


@dataclass(frozen=True)
class Day:
    """How many conversations and messages a day had."""

    date: date
    conversations: int
    messages: int


@dataclass(frozen=True)
class TopicFigures:
    """How often a topic was answered, and what was said of those answers.

    Attributes:
        id: the topic's.
        answered: how often.
        helpful: how many found the answer of use.
        unhelpful: how many didn't.
        reasons: why not, where that was told.
    """

    id: str
    answered: int
    helpful: int
    unhelpful: int
    reasons: Counter[str]


@dataclass(frozen=True)
class Figures:
    """What the report counts.

    Attributes:
        days: every day of the period, also those on which nothing was said.
        conversations: how many there were.
        kinds: messages by the kind of their reply; NO_REPLY where there was none.
        languages: messages by the language of their reply.
        channels: messages by channel.
        topics: the topics that were answered, the most frequent first.
        helpful: answers that were found of use.
        unhelpful: answers that were not.
    """

    days: tuple[Day, ...]
    conversations: int
    kinds: Counter[str]
    languages: Counter[str]
    channels: Counter[str]
    topics: tuple[TopicFigures, ...]
    helpful: int
    unhelpful: int

    @property
    def messages(self) -> int:
        """How many there were."""
        return sum(self.kinds.values())

    def share(self, kind: str) -> float:
        """The messages whose reply was of a kind, from 0 to 1."""
        return self.kinds[kind] / self.messages if self.messages else 0.0


def figures_of(period: Period) -> Figures:
    """Count a period."""
    turns, opinions = period.turns, [period.opinion_of(turn) for turn in period.turns]
    helpful = sum(opinion is not None and opinion.helpful for opinion in opinions)
    return Figures(
        days=tuple(_days(period)),
        conversations=len({turn.conversation for turn in turns}),
        kinds=Counter(turn.kind for turn in turns),
        languages=Counter(turn.language for turn in turns if turn.language),
        channels=Counter(turn.channel for turn in turns),
        topics=tuple(_topics(period)),
        helpful=helpful,
        unhelpful=sum(opinion is not None for opinion in opinions) - helpful,
    )


def unanswered(period: Period, knowledge: Knowledge) -> Iterator[tuple[Turn, str]]:
    """The turns whose question got no answer, or one that was of no use, each with how it was taken.

    Private messages aren't among them: nothing of their words is kept.
    """
    for turn in period.turns:
        if turn.text == WITHHELD or turn.kind == COURTESY:
            continue
        opinion, refused = period.opinion_of(turn), [id for id in turn.about if id in knowledge.refusals]
        if opinion and not opinion.helpful:
            yield turn, UNHELPFUL
        elif turn.kind in (UNCLEAR, DID_YOU_MEAN, NO_REPLY):
            yield turn, turn.kind
        elif refused:  # perhaps beside something that was answered
            yield turn, refused[0]


def _days(period: Period) -> Iterator[Day]:
    messages: Counter[date] = Counter()
    conversations: dict[date, set[str]] = {}
    for turn in period.turns:
        day = datetime.fromtimestamp(turn.at).date()
        messages[day] += 1
        conversations.setdefault(day, set()).add(turn.conversation)
    day = period.first
    while day <= period.last:
        yield Day(day, len(conversations.get(day, ())), messages[day])
        day += timedelta(days=1)


def _topics(period: Period) -> list[TopicFigures]:
    answered: Counter[str] = Counter()
    helpful: Counter[str] = Counter()
    unhelpful: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for turn in period.turns:
        if turn.kind != ANSWER:
            continue
        opinion = period.opinion_of(turn)
        for id in turn.about:
            answered[id] += 1
            if opinion:
                (helpful if opinion.helpful else unhelpful)[id] += 1
                reasons.setdefault(id, Counter()).update([opinion.reason] if opinion.reason else [])
    return [TopicFigures(id, n, helpful[id], unhelpful[id], reasons.get(id, Counter())) for id, n in answered.most_common()]
