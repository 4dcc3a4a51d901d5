"""What visitors say of answers: taken from whoever got one, kept once, deleted with the conversation."""

import sqlite3
from contextlib import closing

import pytest
import requests

from benchmarks.server import running_server
from clara.channels.opinion import opinion_in
from clara.channels.rejection import Rejection
from clara.stores.feedback import REASONS, Opinion


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return tmp_path_factory.mktemp("feedback") / "conversations.db"


@pytest.fixture(scope="module")
def own_address(trained, database):
    with running_server({"CONVERSATIONS": str(database)}) as address:
        yield address


def say(address, message):
    """The session, and the id and kind of the reply."""
    told = requests.post(f"{address}/chat/messages", json={"message": message}, timeout=60).json()
    return told["session"], told["replies"][0]


def rate(address, **body):
    return requests.post(f"{address}/chat/feedback", json=body, timeout=60)


def kept(database):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT sender_id, message_id, helpful, reason FROM feedback").fetchall()


def test_answer_is_rated_once_and_the_last_word_counts(own_address, database):
    session, reply = say(own_address, "Who funds CLARA?")
    assert rate(own_address, session=session, id=reply["id"], helpful=True).status_code == 204
    assert rate(own_address, session=session, id=reply["id"], helpful=False, reason="incomplete").status_code == 204
    mine = [row[1:] for row in kept(database) if row[0] == session.split(".")[0]]
    assert mine == [(reply["id"], 0, "incomplete")]


@pytest.mark.parametrize("message", ["How much does CLARA spend?", "hello", "my chemo makes me sick, what should I take", "qzx"])
def test_nothing_but_an_answer_can_be_rated(own_address, database, message):
    session, reply = say(own_address, message)
    assert reply["kind"] != "answer"
    response = rate(own_address, session=session, id=reply["id"], helpful=False)
    assert (response.status_code, response.json()["error"]) == (400, "unreadable")
    assert session.split(".")[0] not in [row[0] for row in kept(database)]


def test_nobody_rates_anothers_answer(own_address):
    _, reply = say(own_address, "Who funds CLARA?")
    session, _ = say(own_address, "Who funds CLARA?")
    assert rate(own_address, session=session, id=reply["id"], helpful=True).status_code == 400
    assert rate(own_address, session="made.up.session", id=reply["id"], helpful=True).status_code == 401
    assert rate(own_address, id=reply["id"], helpful=True).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"helpful": True},
        {"id": 5, "helpful": True},
        {"id": "x", "helpful": "yes"},
        {"id": "x", "helpful": False, "reason": "my own words"},
        {"id": "x", "helpful": False, "reason": ["wrong"]},
        {"id": "x", "helpful": True, "reason": "wrong"},
    ],
)
def test_opinion_that_is_none(body):
    with pytest.raises(Rejection):
        opinion_in(body)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_taken(reason):
    assert opinion_in({"id": "x", "helpful": False, "reason": reason}) == ("x", Opinion(False, reason))


def test_store_that_keeps_no_feedback_is_told_to_the_operator(serve, caplog):
    with serve() as client:
        session = client.post({"message": "hello"}).json()["session"]
        response = client.post({"session": session, "id": "x", "helpful": True}, to="feedback")
    assert (response.status_code, response.json()["error"]) == (503, "failed")
    assert "another kind of store" in caplog.text


def test_page_of_another_website_rates_nothing(serve):
    with serve() as client:
        session = client.post({"message": "hello"}).json()["session"]
        body = {"session": session, "id": "x", "helpful": True}
        assert client.post(body, headers={"Origin": "https://evil.example"}, to="feedback").status_code == 403
        assert client.post(body, headers={"Origin": client.address}, to="feedback").status_code == 503
