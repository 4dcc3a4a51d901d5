"""Databases to keep conversations in: SQLite, and PostgreSQL where it is installed."""

import warnings
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from engines import running_postgres
from rasa.shared.core.domain import Domain

from clara.settings import ROOT
from clara.stores.bounded import BoundedTrackerStore


@pytest.fixture(scope="session")
def postgres() -> Iterator[dict]:
    """What a store is told to reach a PostgreSQL server."""
    with running_postgres() as postgres:
        yield postgres.options


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> dict:
    """What a store is told to reach an empty database."""
    if request.param == "sqlite":
        return {"dialect": "sqlite", "db": str(tmp_path / "conversations.db")}
    return request.getfixturevalue("postgres")


@pytest.fixture(scope="module")
def domain():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Rasa tells everybody who has slots what it did before 3.0
        return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def store(database, domain):
    store = BoundedTrackerStore(domain=domain, **database)
    with store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM events"))
        connection.execute(sa.text("DELETE FROM feedback"))
    yield store
    store.engine.dispose()
