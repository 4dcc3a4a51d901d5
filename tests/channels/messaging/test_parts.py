"""The small parts that the services share."""

import asyncio
import time

import pytest
from double import Double
from hypothesis import given, strategies
from sanic.exceptions import Forbidden, Unauthorized

from clara.channels.messaging.call import at, expect_recent, expect_same, number_at, objects_at, text_at, time_at
from clara.channels.messaging.client import Client, Undelivered
from clara.channels.messaging.messages import Outgoing
from clara.channels.messaging.recent import Recent
from clara.channels.offering import chosen

OFFERED = ["Who funds CLARA?", "When was it launched?"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("1", OFFERED[0]),
        (" 2. ", OFFERED[1]),
        ("(2)", OFFERED[1]),
        ("2️⃣", OFFERED[1]),
        ("n° 2", "n° 2"),
        ("3", "3"),
        ("0", "0"),
        ("12", "12"),
        ("2003", "2003"),
        ("2 funders?", "2 funders?"),
        ("", ""),
    ],
)
def test_number_chooses_a_question(text, asks):
    assert chosen(text, OFFERED) == asks


def test_recent_forgets_the_oldest():
    recent = Recent(most=2)
    assert [recent.add(id) for id in ("a", "a", "b", "c", "a")] == [True, False, True, True, True]
    recent.discard("a")
    recent.discard("never there")
    assert recent.add("a")


@given(
    text=strategies.text(alphabet="ab. ", min_size=1, max_size=600).filter(str.strip),
    source=strategies.text(alphabet="s", max_size=20),
    suggestions=strategies.lists(strategies.text(alphabet="q", min_size=1, max_size=20), max_size=3),
)
def test_parts_fit_and_hold_everything(text, source, suggestions):
    reply = Outgoing(text, source, tuple(suggestions), choose="Choose:", question="Why?")
    parts = reply.parts(200)
    assert all(len(part.question) + len(part.plain()) <= 200 for part in parts)
    assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
    assert [part.question for part in parts] == ["Why?", *[""] * (len(parts) - 1)]
    assert [(part.source, part.suggestions) for part in parts[:-1]] == [("", ())] * (len(parts) - 1)
    assert (parts[-1].source, parts[-1].suggestions) == (source, tuple(suggestions))


def test_short_reply_is_one_part():
    reply = Outgoing("Two lines,\nand no more.", "Source.", ("Why?",))
    assert reply.parts(1000) == [reply]


def test_values_in_nested_objects():
    found = {"a": {"b": 7, "c": True, "d": [{"e": 1}, 2], "f": "2026-11-26T10:00:00.1234567Z", "g": 1_000_000, "h": 10**400}}
    assert (at(found, "a", "b"), at(found, "x", "b"), at(found, "a", "b", "c"), at(None, "a")) == (7, None, None, None)
    assert (text_at(found, "a", "b"), text_at(found, "a", "c"), text_at(found, "a")) == ("7", "", "")
    assert objects_at(found, "a", "d") == [{"e": 1}]
    assert (number_at(found, "a", "b"), number_at(found, "a", "h"), number_at(found, "a", "f")) == (7.0, None, None)
    assert (time_at(found, "a", "f"), time_at(found, "a", "g"), time_at(found, "a", "c")) == (1795687200.0, 1000.0, None)


def test_secrets_are_compared():
    expect_same("b", ["a", "b"])
    for wrong in ("", "c", "é", "\ud800"):
        with pytest.raises(Unauthorized):
            expect_same(wrong, "a")


def test_what_is_old_is_refused():
    expect_recent(None, time.time(), 60)
    expect_recent(100.0, 160.0, 60)
    with pytest.raises(Forbidden):
        expect_recent(99.0, 160.0, 60)


class Echo(Double):
    def take(self, request):
        self.shown.append(request.path)
        return {"path": request.path}


def call(*arguments, **more):
    async def once():
        client = Client()
        try:
            return await client.call(*arguments, **more)
        finally:
            await client.close()

    return asyncio.run(once())


def test_client_returns_what_comes_back():
    with Echo().open() as echo:
        assert call("GET", f"{echo.api}/a") == {"path": "/a"}


@pytest.mark.parametrize("status", [301, 400, 401, 404, 500])
def test_client_does_not_try_again_what_is_refused(status):
    with Echo().open() as echo:
        echo.troubles = [status]
        with pytest.raises(Undelivered, match=str(status)):
            call("POST", f"{echo.api}/a", json={})
        assert not echo.shown


def test_client_gives_up_after_some_attempts():
    with Echo().open() as echo:
        echo.troubles = [503] * 9
        with pytest.raises(Undelivered, match="503"):
            call("GET", f"{echo.api}/a")
        assert len(echo.troubles) == 6


def test_client_says_where_nobody_is():
    with pytest.raises(Undelivered, match="no connection"):
        call("GET", "http://127.0.0.1:9/secret")
