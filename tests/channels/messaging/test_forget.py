"""Whoever runs the assistant deletes what somebody wrote through a messaging service, by that service's own ids."""

from contextlib import ExitStack, closing
from sqlite3 import connect

import pytest
from commands import clara
from double import PUBLIC_URL
from slack_double import SlackDouble
from twilio_double import TwilioDouble

from benchmarks.server import running_server

SECRET = "s" * 32


@pytest.fixture(scope="module")
def written(trained, tmp_path_factory):
    """Two services, through each of which two people have written; and the file of the conversations."""
    path = tmp_path_factory.mktemp("conversations") / "conversations.db"
    with ExitStack() as stack:
        doubles = [stack.enter_context(kind().open()) for kind in (SlackDouble, TwilioDouble)]
        environment = {name: value for double in doubles for name, value in double.environment().items()}
        known = {"PUBLIC_URL": PUBLIC_URL, "CONVERSATIONS": str(path), "SESSION_SECRET": SECRET}
        address = stack.enter_context(running_server({**environment, **known}))
        for double in doubles:
            double.server = address
            for person in ("p1", "p2"):
                double.say("Who funds CLARA?", person=person)
        yield doubles, path


def conversations(path, service):
    with closing(connect(path)) as database:
        return {sender for (sender,) in database.execute("SELECT sender_id FROM events") if sender.startswith(service)}


@pytest.mark.parametrize("number", [0, 1], ids=["slack", "twilio"])
def test_conversation_is_deleted_by_the_services_own_ids_while_the_server_runs(written, number):
    doubles, path = written
    service = doubles[number]
    before = conversations(path, service.kind.name)
    first, second = (clara("forget", service.named("p1"), CONVERSATIONS=str(path), SESSION_SECRET=SECRET) for _ in range(2))
    assert (first.returncode, first.stdout.strip()) == (0, "The conversation is deleted.")
    assert (second.returncode, second.stderr.strip()) == (1, "There is no such conversation: nothing was deleted.")
    left = conversations(path, service.kind.name)
    assert len(before) == 2
    assert len(left) == 1
    assert left < before
    service.say("Who funds CLARA?", person="p2")  # who goes on with the conversation that is left
    assert conversations(path, service.kind.name) == left
