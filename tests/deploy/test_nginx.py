"""nginx as deploy/ sets it up, in front of a stand-in for the assistant: who gets through, and what is said of it."""

import re
import socket
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from proxy import proxy_before
from standin import Assistant

from clara.settings import ROOT

DEPLOY = ROOT / "deploy"
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def say(proxy, browser, text="Hello", **arguments):
    return browser.post(f"{proxy.https}/chat/messages", json={"message": text}, timeout=30, **arguments)


def test_nginx_finds_no_fault(proxy):
    tested = subprocess.run(proxy.command("-t"), capture_output=True, text=True, timeout=30)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr


def test_chat_works_through_nginx(proxy):
    browser = proxy.visitor("203.0.113.1")
    page = browser.get(f"{proxy.https}/chat/", timeout=30)
    assert page.ok
    assert "<script" in page.text
    assert browser.get(f"{proxy.https}/chat/clara.js", timeout=30).ok
    first = say(proxy, browser).json()
    assert first["replies"][0]["text"] == "You said: Hello"
    second = browser.post(f"{proxy.https}/chat/messages", json={"message": "Again", "session": first["session"]}, timeout=30)
    assert second.json()["session"] == first["session"]


def test_page_of_the_server_itself_may_talk_to_it(proxy):
    assert say(proxy, proxy.visitor("203.0.113.1"), headers={"Origin": proxy.https}).ok


def test_page_of_another_website_may_not(proxy):
    assert say(proxy, proxy.visitor("203.0.113.1"), headers={"Origin": "https://other.example.org"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/chat/?language=fr", "/webhooks/slack"])
def test_http_leads_to_https(proxy, path):
    response = requests.get(proxy.http + path, allow_redirects=False, timeout=30)
    assert response.status_code == 301
    assert response.headers["Location"] == proxy.https + path


def test_http_names_no_host_that_a_visitor_made_up(proxy):
    response = requests.get(proxy.http, headers={"Host": "evil.example.org"}, allow_redirects=False, timeout=30)
    assert response.headers["Location"] == f"{proxy.https}/"


def test_certificate_authority_finds_its_challenge(proxy):
    challenge = proxy.folder / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("answer")
    assert requests.get(f"{proxy.http}/.well-known/acme-challenge/token", timeout=30).text == "answer"


def test_chat_without_its_slash_leads_to_the_page(proxy):
    response = proxy.visitor("203.0.113.1").get(f"{proxy.https}/chat", timeout=30)
    assert response.url == f"{proxy.https}/chat/"
    assert response.ok


@pytest.mark.parametrize(
    "path", ["/", "/status", "/version", "/model", "/conversations/x/tracker", "/chatter", "/chat/../status"]
)
def test_other_paths_lead_nowhere(proxy, path):
    response = raw(proxy, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert response.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/rest/webhook",
        "/webhooks//rest/webhook",
        "//webhooks/rest/webhook",
        "/webhooks/%72est/webhook",
        "/webhooks%2Frest/webhook",
        "/webhooks/./rest/webhook",
        "/webhooks/slack/../rest/webhook",
        "/webhooks/slack/%2e%2e/rest/webhook",
        "/chat/../webhooks/rest/webhook",
        "/webhooks/rest/webhook?stream=true",
        "/WEBHOOKS/rest/webhook",
    ],
)
def test_channel_for_tools_cannot_be_reached(proxy, path):
    body = '{"sender": "me", "message": "Hello"}'
    assert requests.post(f"{proxy.addresses[0]}/webhooks/rest/webhook", data=body, timeout=30).ok  # past nginx
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    assert raw(proxy, head + body).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(("path", "most"), [("/chat/messages", 16 * 1024), ("/webhooks/slack/webhook", 200 * 1024)])
def test_large_bodies_are_refused(proxy, path, most):
    browser = proxy.visitor("203.0.113.2")
    assert browser.post(proxy.https + path, data=b" " * most, timeout=30).status_code not in (413, 502)
    assert browser.post(proxy.https + path, data=b" " * (most + 1), timeout=30).status_code == 413
    assert browser.post(proxy.https + path, data=iter([b" " * (most + 1)]), timeout=30).status_code == 413


def statuses(proxy, address, path, requests):
    """Of requests that come at once, from four browsers."""

    def send(times):
        browser = proxy.visitor(address)
        return [browser.post(proxy.https + path, data="{}", timeout=30) for _ in range(times)]

    with ThreadPoolExecutor(4) as threads:
        return [response for responses in threads.map(send, [requests // 4] * 4) for response in responses]


@pytest.mark.parametrize(
    ("path", "burst", "sent"), [("/chat/messages", 100, 200), ("/chat/about", 100, 400), ("/webhooks/slack/webhook", 200, 800)]
)
def test_flood_is_stopped_before_the_assistant(proxy, path, burst, sent):
    responses = statuses(proxy, f"203.0.113.{burst % 97 + len(path)}", path, sent)
    refused = [response for response in responses if response.status_code == 429]
    assert refused
    assert len(responses) - len(refused) > burst
    assert refused[0].headers["Retry-After"] == "5"
    assert not {502, 503} & {response.status_code for response in responses}
    assert say(proxy, proxy.visitor("203.0.113.250")).ok  # others are served


@pytest.mark.parametrize("path", ["/chat/", "/chat/clara.js", "/chat/alive", "/chat/none", "/webhooks/slack/webhook", "/none"])
def test_every_answer_has_the_security_headers_once(proxy, path):
    response = proxy.visitor("203.0.113.3").get(proxy.https + path, timeout=30)
    for name, value in HEADERS.items():
        assert response.raw.headers.getlist(name) == [value], name
    assert response.headers.get("Server", "nginx") == "nginx"  # no version


def test_policy_that_the_assistant_sends_arrives_as_it_is(proxy):
    through = proxy.visitor("203.0.113.3").get(f"{proxy.https}/chat/", timeout=30)
    assert through.raw.headers.getlist("Content-Security-Policy") == [
        requests.get(f"{proxy.addresses[0]}/chat/", timeout=30).headers["Content-Security-Policy"]
    ]


def test_assistant_counts_by_the_visitors_address(behind, tmp_path):
    with behind(Assistant(), address_rate=2) as server, proxy_before([server.address], tmp_path) as proxy:
        one, other = proxy.visitor("198.51.100.1"), proxy.visitor("198.51.100.2")
        assert [say(proxy, one).status_code for _ in range(2)] == [200, 200]
        for made_up in ("192.0.2.1", "192.0.2.2, 127.0.0.1"):
            refused = say(proxy, one, headers={"X-Forwarded-For": made_up})
            assert refused.status_code == 429
            assert refused.json()["error"] == "too_fast"
            assert len(refused.raw.headers.getlist("Retry-After")) == 1
        assert say(proxy, other).ok


def test_log_names_no_visitor(proxy):
    browser = proxy.visitor("198.51.100.77")
    browser.get(f"{proxy.https}/chat/?name=Dupont", headers={"Referer": "https://private.example.org/"}, timeout=30)
    proxy.visitor("2001:db8:1:2::77").get(f"{proxy.https}/chat/alive", timeout=30)
    say(proxy, browser, "My name is Dupont")
    browser.get(f"{proxy.https}/chat/{'%0a' * 3}none?name=Dupont", timeout=30)
    say(proxy, browser, "Dupont " * 5000)
    statuses(proxy, "198.51.100.77", "/chat/messages?name=Dupont", 200)
    log = proxy.log()
    assert "198.51.100.0 [" in log
    assert "2001:db8:: [" in log
    for secret in ("198.51.100.77", "2001:db8:1", "Dupont", "private.example.org", "python-requests"):
        assert secret not in log, secret


@pytest.mark.parametrize(
    "part",
    [
        "POST /chat/messages HTTP/1.1\r\nHost: localhost\r\n",
        "POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{",
    ],
    ids=["headers", "body"],
)
def test_slow_client_is_not_waited_for(proxy, part):
    assert not raw(proxy, part).startswith(b"HTTP/1.1 200")


def test_old_tls_is_refused(proxy):
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", proxy.ports["443"]), 10) as plain, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(plain, server_hostname="localhost")


def raw(proxy, text):
    """The answer to bytes that `requests` wouldn't send; empty where there was none."""
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    with (
        socket.create_connection(("127.0.0.1", proxy.ports["443"]), 10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        connection.sendall(text.encode())
        answer = b""
        try:
            while part := connection.recv(65_536):
                answer += part
        except (ConnectionResetError, ssl.SSLEOFError):
            pass  # nginx gave up
        return answer


def test_limits_are_those_of_the_documentation():
    site = (DEPLOY / "nginx" / "ask-clara.conf").read_text()
    for document in ("website.md", "channels.md"):
        (block,) = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / document).read_text(encoding="utf-8"), re.DOTALL)
        for line in re.findall(r"^ +((?!proxy_pass)\S.*;)$", block, re.MULTILINE):
            assert line in site, line
