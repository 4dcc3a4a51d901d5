"""What is said of answers stands beside the conversations in both databases, and goes with them."""

import asyncio

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from clara.stores.bounded import BoundedTrackerStore
from clara.stores.feedback import FEEDBACK, Opinion
from clara.stores.turns import EVENTS, turns_of

pytestmark = pytest.mark.filterwarnings("ignore")  # Rasa's, about slots


def talk(store, sender, kind="answer"):
    """A conversation of one question, whose message's id is "asked"."""
    tracker = DialogueStateTracker(sender, store.domain.slots)
    tracker.update(UserUttered("Who pays?", {"name": "funders"}, input_channel="chat", message_id="asked"))
    reply = {"kind": kind, "topics": ["funders"], "language": "en"}
    tracker.update(BotUttered("The public.", metadata={"reply": reply}))
    asyncio.run(store.save(tracker))


def rate(store, sender, helpful=True, reason="", message="asked"):
    return asyncio.run(store.rate(sender, message, Opinion(helpful, reason)))


def kept(store):
    with store.engine.connect() as connection:
        return {(row.sender_id, row.helpful, row.reason) for row in connection.execute(sa.select(FEEDBACK))}


def test_what_is_said_last_of_an_answer_is_kept(store):
    talk(store, "visitor")
    assert rate(store, "visitor")
    assert rate(store, "visitor", False, "wrong")
    assert kept(store) == {("visitor", False, "wrong")}


@pytest.mark.parametrize("kind", ["not_on_page", "medical", "courtesy", "did_you_mean"])
def test_of_other_replies_nothing_is_kept(store, kind):
    talk(store, "visitor", kind)
    assert not rate(store, "visitor")
    assert kept(store) == set()


def test_of_answers_that_there_are_not_nothing_is_kept(store):
    talk(store, "visitor")
    assert not rate(store, "visitor", message="another")
    assert not rate(store, "nobody")
    assert kept(store) == set()


def test_no_without_a_reason_does_not_take_the_reason_back(store):
    talk(store, "visitor")
    rate(store, "visitor", False, "wrong")
    rate(store, "visitor", False)
    assert kept(store) == {("visitor", False, "wrong")}
    rate(store, "visitor", True)
    assert kept(store) == {("visitor", True, "")}


def test_it_goes_with_its_conversation_and_leaves_others(store):
    for sender in ("one", "two"):
        talk(store, sender)
        rate(store, sender)
    asyncio.run(store.forget("one"))
    assert kept(store) == {("two", True, "")}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_table_is_made_in_a_database_of_an_older_version(store, domain):
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE feedback"))
    store.engine.dispose()
    again = BoundedTrackerStore(domain=domain, dialect="sqlite", db=store.engine.url.database)
    talk(again, "visitor")
    assert rate(again, "visitor")
    again.engine.dispose()


def test_turns_are_messages_with_their_replies_and_damaged_rows_are_left_out(store):
    talk(store, "one")
    with store.engine.begin() as connection:
        damaged = {"sender_id": "one", "type_name": "user", "timestamp": 1.0, "data": "{"}
        connection.execute(EVENTS.insert(), [damaged])
    talk(store, "two", "off_topic")
    with store.engine.connect() as connection:
        found = list(turns_of(connection.execute(sa.select(EVENTS).order_by(EVENTS.c.id))))
    spoken = [(turn.conversation, turn.text, turn.intent, turn.kind, turn.about, turn.channel) for turn in found]
    assert spoken == [
        ("one", "Who pays?", "funders", "answer", ("funders",), "chat"),
        ("two", "Who pays?", "funders", "off_topic", ("funders",), "chat"),
    ]


def test_where_the_table_may_not_be_made_people_are_served_and_deleted_all_the_same(postgres, domain, caplog):
    owner = sa.create_engine("postgresql://{username}@{host}:{port}/{db}".format(**postgres))
    with owner.begin() as connection:
        EVENTS.create(connection, checkfirst=True)
        FEEDBACK.drop(connection, checkfirst=True)
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",  # as PostgreSQL has it from version 15
            "CREATE ROLE server LOGIN",
            "GRANT SELECT, INSERT, DELETE ON events TO server",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO server",
        ):
            connection.execute(sa.text(statement))
    store = BoundedTrackerStore(domain=domain, **postgres | {"username": "server"})
    try:
        assert "lack a table or an index" in caplog.text
        talk(store, "visitor")
        with pytest.raises(sa.exc.ProgrammingError):
            rate(store, "visitor")
        asyncio.run(store.forget("visitor"))
        assert asyncio.run(store.retrieve("visitor")) is None
    finally:
        store.engine.dispose()
        with owner.begin() as connection:
            connection.execute(sa.text("DROP OWNED BY server"))
            connection.execute(sa.text("DROP ROLE server"))
        owner.dispose()
