"""A report over conversations that are made up."""

from collections import Counter
from dataclasses import replace

import pytest
from said import Book

from clara.report.figures import figures_of, unanswered
from clara.report.groups import group
from clara.report.period import read_period


@pytest.fixture
def own_settings(settings, tmp_path, monkeypatch):
    """The settings of this checkout, but for the conversations."""
    file = tmp_path / "conversations.db"
    monkeypatch.setenv("CONVERSATIONS", str(file))  # the store reads the environment itself
    monkeypatch.setenv("DATABASE_URL", "")
    return replace(settings, conversations=file)


@pytest.fixture
def book(own_settings):
    book = Book(own_settings.conversations)
    yield book
    book.store.engine.dispose()


@pytest.fixture
def figures(own_settings):
    """The figures of so many days."""
    return lambda days=30: figures_of(read_period(own_settings, days))


@pytest.fixture
def groups(own_settings, knowledge):
    """What was asked in vain, in groups."""
    return lambda: group(unanswered(read_period(own_settings, 30), knowledge))


@pytest.fixture
def asked():
    """How often each question of a group was asked."""
    return lambda found: Counter({question.text: question.asked for question in found.questions})
