"""The commands that delete conversations, as an operator gives them."""

import pytest
from commands import clara
from standin import Client

from benchmarks.server import running_server


@pytest.fixture
def session(trained, tmp_path):
    """The session of a conversation that was had, and the file that it stands in."""
    path = str(tmp_path / "conversations.db")
    with running_server({"CONVERSATIONS": path}) as address:
        yield Client(address).post({"message": "Bonjour"}).json()["session"], path


def test_conversation_is_deleted_on_request_while_the_server_runs(session):
    token, path = session
    first, second = (clara("forget", token, CONVERSATIONS=path) for _ in range(2))
    assert (first.returncode, first.stdout.strip()) == (0, "The conversation is deleted.")
    assert (second.returncode, second.stderr.strip()) == (1, "There is no such conversation: nothing was deleted.")


def test_old_conversations_are_deleted_on_request(session):
    _, path = session
    result = clara("purge", CONVERSATIONS=path)
    assert result.stdout.strip() == "0 conversations in which nothing was said for 30 days are deleted."
    assert not result.stderr
