"""What is counted."""

from datetime import date

import pytest


def test_conversations_and_messages_are_counted_day_by_day(book, figures):
    book.say("one", "Who pays?", "answer", "funders")
    book.say("one", "Since when?", "answer", "history_creation")
    book.say("two", "hello", "courtesy", "courtesy_greeting", days_ago=2)
    book.say("three", "hello", "courtesy", "courtesy_greeting", days_ago=40)
    found = figures(days=3)
    assert [(day.conversations, day.messages) for day in found.days] == [(1, 1), (0, 0), (1, 2)]
    assert found.days[-1].date == date.today()
    assert (found.conversations, found.messages) == (2, 3)


def test_replies_languages_and_channels_are_counted(book, figures):
    book.say("one", "Who pays?", "answer", "funders")
    book.say("one", "Qui paie ?", "answer", "funders", language="fr", channel="slack")
    book.say("one", "budget", "not_on_page", "not_on_page_money")
    book.say("one", "[not kept]", "crisis", "crisis")
    book.say("one", "and then nothing came", None)
    found = figures()
    assert found.kinds == {"answer": 2, "not_on_page": 1, "crisis": 1, "": 1}
    assert found.languages == {"en": 3, "fr": 1}
    assert found.channels == {"chat": 4, "slack": 1}
    assert found.share("answer") == pytest.approx(2 / 5)


def test_topics_are_counted_with_what_was_said_of_their_answers(book, figures):
    book.say("one", "Who pays, since when?", "answer", "funders", "history_creation", helpful=True)
    book.say("two", "Who pays?", "answer", "funders", helpful=False, reason="incomplete")
    book.say("three", "Who pays?", "answer", "funders", helpful=False)
    funders, history = figures().topics
    assert (funders.id, funders.answered, funders.helpful, funders.unhelpful) == ("funders", 3, 1, 2)
    assert funders.reasons == {"incomplete": 1}
    assert (history.id, history.answered, history.helpful) == ("history_creation", 1, 1)
    assert (figures().helpful, figures().unhelpful) == (1, 2)


def test_period_in_which_nothing_was_said(book, figures):
    found = figures(days=7)
    assert len(found.days) == 7
    assert (found.messages, found.share("answer")) == (0, 0.0)
