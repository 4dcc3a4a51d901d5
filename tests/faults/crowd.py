"""Visitors who write down what they were told, and a look into the database whether it holds the same."""

import itertools
import json
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass

import requests

QUESTIONS = ["Who funds CLARA?", "When was CLARA launched?", "Qui finance le CLARA ?", "Tell me a joke", "Bonjour"]
APOLOGIES = ("something went wrong at my end", "un problème technique est survenu")
NUMBERS = itertools.count(1)  # of messages, whoever sends them
MOST_SECONDS = 10.0  # until an answer or an apology
GONE = (0, 502)  # there was no server; or nginx says so


@dataclass(frozen=True)
class Turn:
    """One message and what came of it; `status` may be one of GONE."""

    session: str | None
    text: str
    status: int
    told: str
    begun: float
    seconds: float


class Crowd:
    """Visitors at once, each in one conversation after the other, until they are told to stop."""

    def __init__(self, addresses, visitors=8, turns=6, session=None, browser=requests.Session):
        """A crowd.

        Args:
            addresses: of one server, or of several, which each conversation goes round.
            visitors: how many at once.
            turns: how many messages a conversation has.
            session: of the one conversation that all of them have; without it, everybody begins their own.
            browser: makes what a visitor sends messages with.
        """
        self._browser = browser
        self.addresses, self.turns_each, self.session = [addresses] if isinstance(addresses, str) else addresses, turns, session
        self.turns = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._visit, daemon=True) for _ in range(visitors)]

    @contextmanager
    def talking(self):
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(60)
                assert not thread.is_alive(), "Somebody still waits for an answer."

    def _visit(self):
        http = self._browser()
        while not self._stop.is_set():
            session = self.session
            for _ in range(self.turns_each):
                if self._stop.is_set():
                    return
                turn = self._say(http, session)
                session = turn.session if turn.status in (200, 503, *GONE) else self.session
                if turn.status in GONE:
                    http = self._browser()
                    time.sleep(0.2)

    def _say(self, http, session):
        number = next(NUMBERS)
        text = f"{QUESTIONS[number % len(QUESTIONS)]} {signs(number)}"
        body = {"message": text, **({"session": session} if session else {})}
        begun = time.monotonic()
        try:
            response = http.post(f"{self.addresses[number % len(self.addresses)]}/chat/messages", json=body, timeout=60)
        except requests.RequestException:
            response = None
        status = response.status_code if response is not None else 0
        content = {} if status in GONE else response.json()
        told = " ".join(reply["text"] for reply in content.get("replies", [])) or content.get("text", "")
        turn = Turn(content.get("session") or session, text, status, told, begun, time.monotonic() - begun)
        self.turns.append(turn)
        return turn

    def answered(self, since=0.0):
        """The turns that got an answer, and began after a moment."""
        return [turn for turn in self.turns if turn.status == 200 and turn.begun >= since]

    def wait_for_everybody(self, since, seconds=60.0):
        """Until there is an answer to a message that began after a moment, in each conversation that was under way then."""
        under_way = {turn.session for turn in self.answered() if turn.begun < since}
        deadline = time.monotonic() + seconds
        while left := under_way - {turn.session for turn in self.answered(since)}:
            assert time.monotonic() < deadline, f"{len(left)} conversations got no more answers in {seconds:g} s."
            time.sleep(0.05)

    def wait_for_answers(self, count, since=0.0, seconds=60.0):
        deadline = time.monotonic() + seconds
        while len(self.answered(since)) < count:
            assert time.monotonic() < deadline, f"{len(self.answered(since))} answers, not {count}, in {seconds:g} s."
            time.sleep(0.05)


def signs(number):
    """A number in signs that mean nothing: it tells one message from all others."""
    return f"{number:014b}".replace("0", "!").replace("1", "?")


def expect_spoken(turns, may_be_gone=False):
    """Everybody got an answer or a spoken apology, in time."""
    for turn in turns:
        assert turn.seconds <= MOST_SECONDS, turn
        assert turn.told or (may_be_gone and turn.status in GONE), turn
        assert turn.status in ((200, 503, *GONE) if may_be_gone else (200, 503)), turn
        if turn.status == 503:
            assert any(apology in turn.told for apology in APOLOGIES), turn


def expect_kept(turns, rows):
    """What was told stands in the database once, in its conversation, with the reply; what was not told at most once."""
    heard = {}
    for sender, events in by_conversation(rows).items():
        for said in events:
            if said.get("event") == "user":
                heard.setdefault(said["text"], []).append((sender, reply_after(events, said)))
    for turn in turns:
        kept = heard.get(turn.text, [])
        assert len(kept) <= 1, f"{turn.text} stands {len(kept)} times in the database."
        if turn.status == 200:
            assert kept == [(conversation(turn.session), turn.told)], turn


def reply_after(events, said):
    following = events[events.index(said) + 1 :]
    return next((event["text"] for event in following if event.get("event") == "bot"), None)


def by_conversation(rows):
    conversations = {}
    for sender, data in rows:
        conversations.setdefault(sender, []).append(json.loads(data))
    return conversations


def conversation(session):
    """The id in a signed session."""
    return session.split(".")[0]


def sqlite_rows(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT sender_id, data FROM events ORDER BY id").fetchall()
