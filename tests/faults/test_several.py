"""Two processes on one PostgreSQL and one Redis, conversations hopping between them; one of these four is gone for a while."""

import itertools
import json
import time
from contextlib import ExitStack, closing

import psycopg2
import pytest
import requests
from crowd import GONE, Crowd, expect_kept, expect_spoken
from engines import running_postgres, running_redis
from process import running
from proxy import proxy_before

AWAY_SECONDS = 20


@pytest.fixture(scope="module")
def postgres():
    with running_postgres() as postgres:
        yield postgres


@pytest.fixture(scope="module")
def redis():
    with running_redis() as redis:
        yield redis


@pytest.fixture(scope="module")
def two(trained, tmp_path_factory, postgres, redis):
    with ExitStack() as stack:
        folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
        known = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        proxied = {"SANIC_PROXIES_COUNT": "1", "ADDRESS_MESSAGES_PER_MINUTE": "1000000"}
        yield [stack.enter_context(running(folder, **known, **proxied)) for folder in folders]


@pytest.fixture
def proxied(two, tmp_path):
    """nginx before both, and a crowd behind it whose visitors have addresses of their own and stay in their conversations."""
    numbers = itertools.count(1)
    with proxy_before([assistant.address for assistant in two], tmp_path) as proxy:
        yield Crowd(proxy.https, turns=1000, browser=lambda: proxy.visitor(f"203.0.113.{next(numbers)}"))


def postgres_rows(postgres):
    with closing(psycopg2.connect(postgres.url)) as database, database.cursor() as cursor:
        cursor.execute("SELECT sender_id, data FROM events ORDER BY id")
        return cursor.fetchall()


def test_conversations_hop_between_processes(two, postgres):
    crowd = Crowd([assistant.address for assistant in two], turns=10)
    with crowd.talking():
        crowd.wait_for_answers(150, seconds=120)
    expect_spoken(crowd.turns)
    assert all(turn.status == 200 for turn in crowd.turns)
    expect_kept(crowd.turns, postgres_rows(postgres))


def test_two_processes_never_answer_one_conversation_at_once(two, postgres):
    """A client that doesn't wait for the reply, and asks elsewhere."""
    session = requests.post(f"{two[0].address}/chat/messages", json={"message": "hello"}, timeout=60).json()["session"]
    crowd = Crowd([assistant.address for assistant in two], visitors=6, turns=1000, session=session)
    with crowd.talking():
        crowd.wait_for_answers(30, seconds=120)
    expect_spoken(crowd.turns)
    expect_kept(crowd.turns, postgres_rows(postgres))
    events = [json.loads(data)["event"] for sender, data in postgres_rows(postgres) if sender == session.split(".")[0]]
    spoken = [event for event in events if event in ("user", "bot")]
    assert spoken == ["user", "bot"] * (len(spoken) // 2)


@pytest.mark.parametrize("engine", ["postgres", "redis"])
def test_engine_is_gone_for_a_while(two, postgres, engine, request):
    stopped = request.getfixturevalue(engine)
    crowd = Crowd([assistant.address for assistant in two])
    with crowd.talking():
        crowd.wait_for_answers(20)
        stopped.stop()
        end = time.monotonic() + AWAY_SECONDS
        try:
            for assistant in two:
                assistant.wait_for_health(False)
            time.sleep(max(0.0, end - time.monotonic()))
        finally:
            stopped.start()
        crowd.wait_for_answers(20, since=time.monotonic())
        for assistant in two:
            assistant.wait_for_health(True)
    expect_spoken(crowd.turns)
    assert [turn for turn in crowd.turns if turn.status == 503]
    expect_kept(crowd.turns, postgres_rows(postgres))


def test_database_is_silent_for_a_while(two, postgres):
    """It takes everything and answers nothing, as a machine does that is frozen."""
    crowd = Crowd([assistant.address for assistant in two])
    with crowd.talking():
        crowd.wait_for_answers(20)
        frozen = postgres.processes()
        for process in frozen:
            process.suspend()
        try:
            time.sleep(AWAY_SECONDS)
        finally:
            for process in frozen:
                process.resume()
        crowd.wait_for_answers(20, since=time.monotonic())
        for assistant in two:
            assistant.wait_for_health(True)
    expect_spoken(crowd.turns)
    assert [turn for turn in crowd.turns if turn.status == 503]


def test_nginx_shares_conversations_out(proxied, postgres):
    with proxied.talking():
        proxied.wait_for_answers(150, seconds=120)
    expect_spoken(proxied.turns)
    assert all(turn.status == 200 for turn in proxied.turns)
    expect_kept(proxied.turns, postgres_rows(postgres))


def test_nginx_passes_over_a_process_that_was_killed(two, proxied, postgres):
    with proxied.talking():
        proxied.wait_for_answers(40)
        two[0].kill()
        killed = time.monotonic()
        try:
            proxied.wait_for_everybody(since=killed)
            proxied.wait_for_answers(60, since=killed)
        finally:
            two[0].start()
        proxied.wait_for_answers(40, since=time.monotonic())
    expect_spoken(proxied.turns, may_be_gone=True)
    assert all(turn.begun < killed for turn in proxied.turns if turn.status in GONE)  # they were under way
    expect_kept(proxied.turns, postgres_rows(postgres))


def test_messages_are_counted_across_processes(trained, tmp_path, postgres, redis):
    with ExitStack() as stack:
        limits = {"SESSION_MESSAGES_PER_MINUTE": "6", "DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        two = [stack.enter_context(running(folder, **limits)) for folder in folders]
        body, statuses = {"message": "Bonjour"}, []
        for number in range(12):
            response = requests.post(f"{two[number % 2].address}/chat/messages", json=body, timeout=60)
            statuses.append(response.status_code)
            body["session"] = response.json().get("session") or body["session"]
    assert statuses[:6] == [200] * 6
    assert statuses.count(429) >= 5
