"""What the visitor reads, and what the log holds, when a part behind the channel fails: each time Rasa itself would be silent."""

import asyncio
import logging

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from clara.assistant import console_agent, trained_model
from clara.in_process import InProcessActions

pytestmark = pytest.mark.filterwarnings("ignore")  # Rasa's, when it loads a model

SECRET = "zanzibar"
QUESTION = f"Who funds CLARA, {SECRET}?"


@pytest.fixture(scope="module")
def agent(trained, settings):
    return asyncio.run(console_agent(settings, trained_model(settings)))


async def raises(*_, **__):
    raise RuntimeError(f"gone with {QUESTION}")


async def answers_nonsense(*_, **__):
    return {"events": "none", "responses": 7}


async def never_ends(*_, **__):
    await asyncio.sleep(60)


def action_that(does):
    def fault(agent, monkeypatch):
        actions = InProcessActions(seconds=0.5)
        monkeypatch.setattr(actions._executor, "run", does)
        monkeypatch.setattr(agent.processor, "action_endpoint", actions)

    return fault


def action_server_gone(agent, monkeypatch):
    monkeypatch.setattr(agent.processor, "action_endpoint", EndpointConfig("http://127.0.0.1:1/webhook"))


def lock_expired(agent, monkeypatch):
    def lock(*_, **__):
        raise LockError("expired")

    monkeypatch.setattr(agent.lock_store, "lock", lock)


def understanding_fails(agent, monkeypatch):
    monkeypatch.setattr(agent.processor.graph_runner, "run", raises)


def model_missing(agent, monkeypatch):
    monkeypatch.setattr(agent, "processor", None)


FAULTS = {
    "action raises": action_that(raises),
    "action answers nonsense": action_that(answers_nonsense),
    "action hangs": action_that(never_ends),
    "action server gone": action_server_gone,
    "lock expired": lock_expired,
    "understanding fails": understanding_fails,
    "model missing": model_missing,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_visitor_gets_an_apology_and_can_go_on(agent, assistant, serve, monkeypatch, caplog, fault):
    assistant.fault = agent.handle_message
    with serve() as client:
        with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
            fault(agent, broken)
            response = client.post({"message": QUESTION, "language": "fr"})
            assert response.status_code == 503, response.text
            assert "un problème technique est survenu" in response.json()["text"]
            assert client.get("/chat/health").status_code == 503
        assert "A message failed" in caplog.text
        assert SECRET not in caplog.text
        again = client.post({"message": "Who funds CLARA?", "session": response.json()["session"]})
        assert again.json()["replies"][0]["topics"] == ["funders"]
