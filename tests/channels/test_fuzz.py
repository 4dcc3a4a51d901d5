"""Whatever is sent: a status below 500, a kind sentence or a reply, nothing echoed where nothing was understood."""

import json

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clara.channels.rejection import REASONS

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
FIELDS = st.sampled_from(["message", "session", "language", "sender", "metadata", "input_channel", "slots", "__proto__"])
BODIES = st.dictionaries(FIELDS, JSON_VALUES | st.text(max_size=700), max_size=6)
HEADER_VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60).map(str.strip)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": HEADER_VALUES | st.sampled_from(["application/json", "application/json; charset=utf-16", "text/plain"]),
        "Accept-Language": HEADER_VALUES | st.sampled_from(["fr", "*", "fr;q=x,,,;"]),
        "Origin": HEADER_VALUES | st.sampled_from(["null", "http://[", "//"]),
        "X-Forwarded-For": HEADER_VALUES,
        "Accept-Encoding": HEADER_VALUES,
    },
)
SIGNS = [
    "\x00",
    "\u202ekcatta\u202c",
    "\ufeff",
    "\u200b/restart",
    "e" + "\u0301" * 300,
    "𝕎𝕙𝕠 𝕗𝕦𝕟𝕕𝕤?",
    "👩‍👩‍👧‍👦" * 20,
    "ﷺ" * 100,
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "{{7*7}} ${7*7} #{7*7}",
    "' OR 1=1; DROP TABLE events; --",
    "../../etc/passwd",
    '/funders{"language": "xx"}',
    "%s%s%s%n",
    "\r\nSet-Cookie: a=b",
    "\ud83d",
    "\udc00\ud800",
    "ÿ" * 500,
    "a\u2028b\u2029c",
    "﷽",
]
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def well_answered(response):
    """Nothing broke, and there is something kind to read."""
    assert response.status_code < 500, response.text
    told = response.json()
    if response.ok:
        assert all(reply["text"] for reply in told["replies"])
    else:
        assert response.status_code == REASONS[told["error"]][0]
        assert set(told) == {"error", "text", "detail"}
    return told


@MANY
@given(body=BODIES | JSON_VALUES)
def test_any_json_is_answered(unlimited, body):
    well_answered(unlimited.post(body if body is not None else []))


@MANY
@given(body=st.binary(max_size=2000), headers=HEADERS)
def test_any_bytes_and_headers_are_answered(unlimited, body, headers):
    well_answered(unlimited.post(data=body, headers=headers))


@MANY
@given(text=st.text(st.characters(), min_size=1, max_size=600))
def test_any_text_is_answered(unlimited, text):
    well_answered(unlimited.post(data=json.dumps({"message": text}), headers={"Content-Type": "application/json"}))


@pytest.mark.parametrize("text", SIGNS)
def test_hostile_text_is_answered_by_the_assistant_and_not_echoed(address, text):
    body = json.dumps({"message": text})
    response = requests.post(f"{address}/chat/messages", data=body, headers={"Content-Type": "application/json"}, timeout=60)
    told = well_answered(response)
    words = told["text"] if "text" in told else " ".join(reply["text"] for reply in told["replies"])
    assert text.strip() not in words


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE"])
def test_other_methods_are_refused(client, method):
    assert requests.request(method, f"{client.address}/chat/messages", timeout=10).status_code == 405


@pytest.mark.parametrize("depth", [100, 5_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_json_is_answered(client, opening, depth):
    response = client.post(data=opening * depth, headers={"Content-Type": "application/json"})
    well_answered(response)


def test_many_headers_are_refused(client):
    try:
        status = client.post({"message": "hello"}, headers={f"X-{number}": "x" * 100 for number in range(500)}).status_code
    except requests.ConnectionError:
        return
    assert 400 <= status < 500
