"""Ten thousand hostile requests to every public address of the assistant: no fault, no silence, no echo, nobody else's words."""

import socket
import threading
from contextlib import ExitStack, suppress

import psutil
import pytest
import requests
from attacker import TEXTS, Attacker
from process import running

from benchmarks.server import Visitor

REQUESTS = 10_000
MOST_GROWTH = 150  # megabytes
CANARY = "zanzibar"  # another visitor's word
VARIABLES = {
    "SLACK_BOT_TOKEN": "x",
    "SLACK_SIGNING_SECRET": "x",
    "TEAMS_APP_ID": "x",
    "TEAMS_APP_PASSWORD": "x",
    "TEAMS_TENANT_ID": "x",
    "TEAMS_OPENID_URL": "http://127.0.0.1:9/",
    "MESSENGER_PAGE_TOKEN": "x",
    "MESSENGER_APP_SECRET": "x",
    "MESSENGER_VERIFY_TOKEN": "x",
    "MESSENGER_API_URL": "http://127.0.0.1:9",
    "TELEGRAM_BOT_TOKEN": "x",
    "TELEGRAM_SECRET_TOKEN": "x" * 16,
    "TELEGRAM_API_URL": "http://127.0.0.1:9",
    "MATTERMOST_URL": "http://127.0.0.1:9",
    "MATTERMOST_BOT_TOKEN": "x",
    "MATTERMOST_WEBHOOK_TOKEN": "x",
    "TWILIO_ACCOUNT_SID": "x",
    "TWILIO_AUTH_TOKEN": "x",
    "ROCKETCHAT_URL": "http://127.0.0.1:9",
    "ROCKETCHAT_USER_ID": "x",
    "ROCKETCHAT_TOKEN": "x",
    "ROCKETCHAT_WEBHOOK_TOKEN": "x",
    "WEBEX_BOT_TOKEN": "x",
    "WEBEX_WEBHOOK_SECRET": "x",
    "WEBEX_API_URL": "http://127.0.0.1:9",
    "PUBLIC_URL": "https://chat.example.org",
}


@pytest.fixture(scope="module")
def assistant(trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with running(folder, PRODUCTION="1", ADDRESS_MESSAGES_PER_MINUTE="1000000", **VARIABLES) as assistant:
        yield assistant


def megabytes(assistant):
    return psutil.Process(assistant.process.pid).memory_info().rss / 2**20


def test_ten_thousand_hostile_requests(assistant):
    other = Visitor(assistant.address)
    other.say(f"My name is {CANARY}.")
    session = requests.post(f"{assistant.address}/chat/messages", json={"message": "hello"}, timeout=60).json()["session"]
    for text in TEXTS:  # warm up: caches are filled
        with suppress(requests.RequestException):
            Visitor(assistant.address).say(text)
    before, answers, wrong = megabytes(assistant), [], []

    def attack(number):
        attacker = Attacker(number, assistant.address, session)
        for _ in range(REQUESTS // 8):
            response = attacker.attack()
            answers.append(response is not None)
            if response is not None and (problem := problem_of(response)):
                wrong.append((problem, response.request.method, response.request.url, response.request.body, response.text[:200]))

    threads = [threading.Thread(target=attack, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == REQUESTS
    assert sum(answers) > 0.9 * REQUESTS  # the others were too large, or no HTTP: the connection was closed on them
    assert not wrong, f"{len(wrong)}: {wrong[:3]}"
    assert megabytes(assistant) - before < MOST_GROWTH
    assert assistant.healthy()
    assert other.say("Who funds CLARA?")["topics"] == ["funders"]
    assert "Traceback" not in assistant.logged()
    assert CANARY not in assistant.logged()


def problem_of(response):
    """What is wrong with a response; "" where nothing is."""
    refused_by_service = response.status_code == 503 and "/webhooks/teams" in response.url  # its keys can't be had here
    if response.status_code >= 500 and not refused_by_service:
        return f"status {response.status_code}"
    if CANARY in response.text:
        return "another visitor's words"
    if response.headers.get("Content-Type", "").startswith("text/html") and "alert(1)" in response.text:
        return "an echo that a browser would run"
    if response.request.method == "POST" and response.url.endswith("/chat/messages"):
        told = response.json()
        if not (told.get("text") or [reply["text"] for reply in told.get("replies", [])]):
            return "silence"
    return ""


HALF_REQUESTS = [
    b"",
    b"GET",
    b"GET /chat/ HTTP/1.1\r\n",
    b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    b"POST /webhooks/slack/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
    b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/9.9\r\n" + b"X: " + b"y" * 20_000,
]


def test_half_requests_hold_nobody_up(assistant):
    port = assistant.port
    with ExitStack() as stack:
        for number in range(200):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            with suppress(OSError):
                connection.sendall(HALF_REQUESTS[number % len(HALF_REQUESTS)])
        assert Visitor(assistant.address).say("Who funds CLARA?")["topics"] == ["funders"]
    assert assistant.healthy()
