"""Plain `rasa run` has the same services on, and they say the same."""

import time
from contextlib import ExitStack

import pytest
import requests
from double import PUBLIC_URL
from slack_double import SlackDouble
from standard import standard_server
from telegram_double import TelegramDouble

from benchmarks.server import Visitor


@pytest.fixture(scope="module")
def services(trained):
    with ExitStack() as stack:
        doubles = [stack.enter_context(kind().open()) for kind in (SlackDouble, TelegramDouble)]
        environment = {name: value for double in doubles for name, value in double.environment().items()}
        address = stack.enter_context(standard_server({**environment, "PUBLIC_URL": PUBLIC_URL}))
        wait_for_the_model(address)
        for double in doubles:
            double.server = address
        yield doubles


def wait_for_the_model(address):
    """Rasa opens the port before the model is loaded."""
    for _ in range(60):
        if requests.get(f"{address}/chat/health", timeout=30).status_code == 200:
            return
        time.sleep(1)
    raise AssertionError("The model was not loaded within a minute.")


def test_same_replies_as_with_make_run(services, address):
    for number, question in enumerate(["Who funds CLARA?", "My scan shows a shadow, should I be afraid?"]):
        wanted = Visitor(address).say(question)
        for service in services:
            shown = service.say(question, person=f"p{number}")
            assert shown.text.splitlines()[0] == wanted["text"]
            assert shown.buttons == wanted["suggestions"]


def test_forged_calls_are_refused(services):
    for service in services:
        assert service.deliver(service.forge(service.message("Who funds CLARA?"))).status_code == 401


def test_services_that_are_off_have_no_route(services):
    assert requests.post(f"{services[0].server}/webhooks/teams/webhook", json={}, timeout=30).status_code == 404


def test_address_is_told_to_telegram(services):
    assert services[1].registered
