"""Which ways in are open."""

import pytest
import requests

from clara.channels.umbrella import Channels
from clara.errors import ClaraError


def test_rest_channel_is_there_for_tools(serve, assistant):
    with serve() as client:
        assert client.get("/webhooks/rest/").json() == {"status": "ok"}


def test_production_has_no_way_in_for_tools(serve, assistant):
    with serve(production=True) as client:
        assert client.get("/webhooks/rest/").status_code == 404
        webhook = requests.post(
            f"{client.address}/webhooks/rest/webhook", json={"sender": "me", "message": "/restart"}, timeout=30
        )
        assert webhook.status_code == 404
        assert not assistant.heard
        assert client.post({"message": "hello"}).ok


def test_commands_do_not_reach_the_assistant(client, assistant):
    client.post({"message": "/restart"})
    assert assistant.heard[0].text == "restart"


def test_large_requests_are_cut_off_on_every_route(client):
    response = requests.post(f"{client.address}/webhooks/rest/webhook", data=b" " * 2_000_000, timeout=30)
    assert response.status_code == 413


def test_senseless_setting_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PRODUCTION", "yes")
    with pytest.raises(ClaraError, match="PRODUCTION is 'yes'"):
        Channels.from_credentials(None)
