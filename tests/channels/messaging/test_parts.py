"""The small parts that the services share."""

import asyncio

import pytest
from double import Double
from engines import running_redis
from hypothesis import given, strategies
from sanic.exceptions import Unauthorized

from clara.channels.messaging import client as client_module
from clara.channels.messaging.call import at, expect_same, objects_at, text_at, time_at, without_first
from clara.channels.messaging.client import Client, Undelivered
from clara.channels.messaging.messages import Outgoing
from clara.channels.messaging.recent import Delivered, Recent
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
    found = {
        "a": {
            "b": 7,
            "c": True,
            "d": [{"e": 1}, 2],
            "f": "2026-11-26T10:00:00.1234567Z",
            "g": 1_700_000_000_000,
            "h": 10**400,
            "i": "1700000000",
        }
    }
    assert (at(found, "a", "b"), at(found, "x", "b"), at(found, "a", "b", "c"), at(None, "a")) == (7, None, None, None)
    assert (text_at(found, "a", "b"), text_at(found, "a", "c"), text_at(found, "a")) == ("7", "", "")
    assert objects_at(found, "a", "d") == [{"e": 1}]
    assert (time_at(found, "a", "g"), time_at(found, "a", "i"), time_at(found, "a", "h")) == (1.7e9, 1.7e9, None)
    assert (time_at(found, "a", "f"), time_at(found, "a", "c")) == (1795687200.0, None)


def test_secrets_are_compared():
    expect_same("b", ["a", "b"])
    for wrong in ("", "c", "é", "\ud800"):
        with pytest.raises(Unauthorized):
            expect_same(wrong, "a")


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("@clara, who pays?", "@clara", "who pays?"),
        ("who pays @clara?", "@clara", "who pays @clara?"),
        (" who pays? ", "", "who pays?"),
        ("@clara", "@clara", ""),
    ],
)
def test_word_that_addresses_is_taken_away(text, word, rest):
    assert without_first(text, word) == rest


def test_delivery_is_new_once_in_all_processes():
    with running_redis() as redis:

        async def several():
            first, second = Delivered(redis.url, 100), Delivered(redis.url, 100)
            found = [await store.is_new(id) for id in ("a", "b") for store in (first, second, first)]
            redis.stop()
            return found + [await first.is_new(id) for id in ("c", "c")]

        assert asyncio.run(several()) == [True, False, False, True, False, False, True, False]


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


@pytest.fixture
def no_pauses(monkeypatch):
    monkeypatch.setattr(client_module, "PAUSES", (0.0, 0.0))


def test_client_gives_up_after_some_attempts(no_pauses):
    with Echo().open() as echo:
        echo.troubles = [503] * 9
        with pytest.raises(Undelivered, match="503"):
            call("GET", f"{echo.api}/a")
        assert len(echo.troubles) == 6


@pytest.mark.parametrize("status", [502, 504])
def test_client_says_nothing_twice_that_may_have_arrived(no_pauses, status):
    with Echo().open() as echo:
        echo.troubles = [status]
        with pytest.raises(Undelivered, match=str(status)):
            call("POST", f"{echo.api}/a", json={})
        echo.troubles = [status]
        assert call("GET", f"{echo.api}/a") == {"path": "/a"}


def test_client_waits_as_long_as_it_is_told_or_gives_up(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(client_module.asyncio, "sleep", sleep)
    with Echo().open() as echo:
        echo.retry_after, echo.troubles = "30", [429]
        assert call("POST", f"{echo.api}/a", json={}) == {"path": "/a"}
        echo.troubles = [429]
        with pytest.raises(Undelivered, match="429"):
            call("POST", f"{echo.api}/a", json={}, patience=1.0)
    assert waited == [30.0]


def test_client_says_where_nobody_is(no_pauses):
    with pytest.raises(Undelivered, match="no connection"):
        call("GET", "http://127.0.0.1:9/secret")
