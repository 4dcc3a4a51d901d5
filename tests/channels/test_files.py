"""What the website's channel serves beside replies: the page, the chat's files, what clients need to know, its description."""

import json

import pytest

from clara.channels.rejection import REASONS
from clara.settings import ROOT
from clara.stores.feedback import REASONS as WHY_NOT

DESCRIPTION = json.loads((ROOT / "web" / "openapi.json").read_text())


def test_page_and_description_are_served_with_headers_that_protect(client):
    page, description = client.get("/chat/"), client.get("/chat/openapi.json")
    assert "<h1>Ask CLARA</h1>" in page.text
    assert description.json()["openapi"]
    for response in (page, description):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_page_without_its_slash_is_found(client):
    response = client.get("/chat")
    assert response.ok
    assert response.url.endswith("/chat/")


@pytest.mark.parametrize("path", ["../credentials.yml", "%2e%2e/credentials.yml", "..%2fcredentials.yml", "nothing", "web/x"])
def test_nothing_else_is_served(client, path):
    assert client.get(f"/chat/{path}").status_code == 404


def test_client_can_learn_what_it_needs(serve):
    with serve(page_url="https://example.org/about", contact_url="https://example.org/contact") as client:
        told = client.get("/chat/about").json()
    assert (told["languages"], told["max_characters"]) == (["en", "fr"], 500)
    assert (told["page_url"], told["contact_url"]) == ("https://example.org/about", "https://example.org/contact")
    assert "une machine" in told["opening"]["fr"]
    assert all(1 <= len(told["starters"][language]) <= 3 for language in told["languages"])


def test_addresses_are_not_invented(client):
    told = client.get("/chat/about").json()
    assert (told["page_url"], told["contact_url"]) == ("", "")


def test_responses_are_as_described(client):
    schemas = DESCRIPTION["components"]["schemas"]
    said = client.post({"message": "hello"}).json()
    for told, name in [
        (client.get("/chat/about").json(), "About"),
        (said, "Said"),
        (said["replies"][0], "Reply"),
        (client.post({}).json(), "Rejection"),
    ]:
        assert set(schemas[name]["required"]) == set(told)


def test_description_lists_every_reason():
    assert DESCRIPTION["components"]["schemas"]["Feedback"]["properties"]["reason"]["enum"] == list(WHY_NOT)
    assert set(DESCRIPTION["components"]["schemas"]["Rejection"]["properties"]["error"]["enum"]) == set(REASONS)
    statuses = {str(status) for status, _ in REASONS.values()}
    assert set(DESCRIPTION["paths"]["/messages"]["post"]["responses"]) == {"200", *statuses}
    assert set(DESCRIPTION["paths"]["/feedback"]["post"]["responses"]) == {"204", *statuses}
