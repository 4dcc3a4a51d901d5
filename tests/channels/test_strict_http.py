"""Requests that Sanic by itself would read for ever, answer with an error of its own, or read otherwise than a proxy does."""

import json
import socket
import time

import pytest

HEAD = b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = b'{"message": "hello"}'


def send(client, raw, seconds=15.0):
    """What comes back to these bytes until the server hangs up or is silent for a while."""
    host, port = client.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.sendall(raw)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except TimeoutError:
            pass
        return answer


def closing(raw):
    return raw.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: -1",
        b"Content-Length: abc",
        b"Content-Length: +20",
        b"Content-Length: 2_0",
        b"Content-Length: " + b"9" * 5000,
        b"Content-Length: 20\r\nContent-Length: 20",
        b"Content-Length: 20\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: x",
    ],
)
def test_body_whose_length_cannot_be_told_is_refused(client, assistant, framing):
    answer = send(client, closing(HEAD + framing + b"\r\n\r\n" + BODY))
    assert answer.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert json.loads(answer.rpartition(b"\r\n\r\n")[2])["error"] == "bad_request"
    assert client.post({"message": "hello"}).ok  # the server goes on
    assert len(assistant.heard) == 1


@pytest.mark.parametrize("method", [b"GET /chat/alive", b"POST /webhooks/rest/webhook", b"DELETE /nothing"])
def test_negative_length_stops_no_route(client, method):
    answer = send(client, closing(method + b" HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" + BODY))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert client.get("/chat/alive").ok


@pytest.mark.parametrize("target", [b"http://[/", b"chat", b"#x", b"evil.example:80", b"*", b"/chat/\x00"])
def test_target_that_is_no_path_is_nowhere(client, target):
    answer = send(client, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 "), answer[:200]


@pytest.mark.parametrize("accept", ["garbage", "text/html;q=abc", "text/html;q=9", "text/html", "*/*", ""])
@pytest.mark.parametrize(
    ("path", "status"), [("/chat/<script>alert(1)</script>", 404), ("/chat/messages", 405), ("/nothing", 404)]
)
def test_errors_are_json_and_say_nothing_back(client, accept, path, status):
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert "script" not in response.text


@pytest.mark.parametrize("origin", [b"http://x/\nX-Injected: yes", b"gopher://x", b"http://x/a?b#c", b"http://x\x0b"])
def test_origin_that_is_none_is_foreign(client, origin):
    answer = send(client, closing(HEAD + b"Origin: " + origin + b"\r\nContent-Length: 20\r\n\r\n" + BODY))
    assert answer.startswith(b"HTTP/1.1 403 "), answer[:300]
    assert b"Injected" not in answer


def test_body_that_never_comes_is_not_waited_for(client, monkeypatch):
    monkeypatch.setattr("clara.channels.request.SECONDS_TO_SEND", 0.5)
    started = time.monotonic()
    answer = send(client, HEAD + b"Content-Length: 50\r\n\r\n{", seconds=30)
    assert b"unreadable" in answer
    assert time.monotonic() - started < 25  # the server hung up


def test_error_in_a_handler_keeps_the_words_out_of_the_log(client, caplog, monkeypatch):
    def fails(*_):
        raise RuntimeError("a secret")

    monkeypatch.setattr("clara.channels.website.check_text", fails)
    response = client.post({"message": "hello"})
    assert (response.status_code, response.json()) == (500, {"error": "internal_server_error"})
    assert "A request failed: RuntimeError" in caplog.text
    assert "secret" not in caplog.text
