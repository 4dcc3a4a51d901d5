"""What stands in deploy/ does what it says: nginx is run, the rest is checked as far as this machine can."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from loudly import NOT_TESTED
from proxy import proxy_before, wait_for
from redis import Redis
from redis.exceptions import AuthenticationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from standin import Assistant

from benchmarks.server import Visitor, free_port, running_process, wait_until_ready
from clara.settings import ROOT
from clara.training import current_model

DEPLOY = ROOT / "deploy"
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def not_tested(reason):
    NOT_TESTED[reason] = None
    pytest.skip(reason)


def say(proxy, browser, text="Hello", **arguments):
    return browser.post(f"{proxy.https}/chat/messages", json={"message": text}, timeout=30, **arguments)


# nginx


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


# The image


def instructions():
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text())
    return [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]


def copied():
    sources = [argument.split()[:-1] for word, argument in instructions() if word == "COPY" and "--from" not in argument]
    return [source for line in sources for source in line]


def test_whatever_the_image_copies_is_there_and_is_not_ignored():
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignore
    assert sorted(copied()) == sorted(line[1:] for line in ignore if line.startswith("!"))
    for source in copied():
        assert (ROOT / source).exists(), source


def test_image_has_the_uv_and_the_python_of_the_makefile():
    (uv,) = [argument.partition("=")[2] for word, argument in instructions() if word == "ARG"]
    assert f"UV_VERSION := {uv}\n" in (ROOT / "Makefile").read_text()
    python = (ROOT / ".python-version").read_text().strip()
    bases = [argument.split()[0] for word, argument in instructions() if word == "FROM"]
    assert all(f"/python:{python}-slim" in base for base in bases)
    assert len(set(bases)) == 1  # the environment's links lead to the same Python in both


def test_image_runs_unprivileged():
    words = [word for word, _ in instructions()]
    assert words.index("USER", words.index("FROM", 1)) < words.index("CMD")
    assert next(argument for word, argument in instructions() if word == "USER") not in ("0", "root")


def image_variables():
    (line,) = [argument for word, argument in instructions() if word == "ENV" and "LISTEN_HOST=" in argument]
    return dict(part.split("=", 1) for part in shlex.split(line))


def test_what_the_image_copies_is_enough_to_serve(trained, settings, tmp_path):
    """And it needs nothing of the checkout but that, listens where the image says, and its health check tells the truth."""
    app = tmp_path / "app"
    for source in {*copied(), "models"} - {"standins"}:
        if source == "models":
            (app / source).mkdir(parents=True)
            shutil.copy(current_model(settings), app / source)
        elif (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            app.mkdir(exist_ok=True)
            shutil.copy(ROOT / source, app / source)
    variables = {name: value for name, value in image_variables().items() if name != "PATH"} | {
        "PORT": str(free_port()),
        "SESSION_SECRET": "s" * 32,
        "CONVERSATIONS": str(tmp_path / "c.db"),
    }
    before = set(app.rglob("*"))
    (check,) = [argument for word, argument in instructions() if word == "HEALTHCHECK"]
    _, *health = YAML(typ="safe").load(check[check.index("[") :])

    def healthy():
        return subprocess.run([sys.executable, *health], env={**os.environ, **variables}, capture_output=True, timeout=60)

    assert healthy().returncode != 0
    log = tmp_path / "server.log"
    with running_process([sys.executable, "-m", "clara", "serve"], app, variables, log) as process:
        elsewhere = f"http://127.0.0.2:{variables['PORT']}"
        wait_until_ready(process, f"{elsewhere}/chat/alive", log)
        assert Visitor(elsewhere).say("Who funds CLARA?")["topics"] == ["funders"]
        assert healthy().returncode == 0, log.read_text()
        assert requests.post(f"{elsewhere}/webhooks/rest/webhook", json={}, timeout=30).status_code == 404
    assert set(app.rglob("*")) == before  # it writes nothing there: the image may be read-only


# The containers


class Verbatim(SafeConstructor):
    """Rasa, once it is imported, fills variables into whatever is read as YAML; this leaves them as they are."""


Verbatim.add_constructor("!env_var", SafeConstructor.construct_scalar)


def compose():
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Verbatim
    return reader.load((DEPLOY / "compose.yml").read_text())


def example():
    """The variables of env.example, those that are commented out among them."""
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "env.example").read_text(), re.MULTILINE))


def test_compose_finds_no_fault(tmp_path):
    if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        not_tested("deploy/compose.yml as Docker Compose reads it: install Docker with Compose and run again.")
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns(".env", "tls"))
    values = {name: "0" * 64 for name, value in example().items() if not value}
    (tmp_path / "deploy" / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    command = ["docker", "compose", "-f", str(tmp_path / "deploy" / "compose.yml"), "config", "--quiet"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr


def test_containers_are_all_there():
    assert set(compose()["services"]) == {"nginx", "assistant", "purge", "postgres", "redis"}


def test_only_nginx_can_be_reached_from_outside():
    services, networks = compose()["services"], compose()["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert not any("network_mode" in service for service in services.values())
    assert all(
        networks[network].get("internal") for name in ("purge", "postgres", "redis") for network in services[name]["networks"]
    )
    assert not set(services["nginx"]["networks"]) & set(services["postgres"]["networks"])
    assert set(networks) == {network for service in services.values() for network in service["networks"]}


def test_containers_may_do_little():
    for name, service in compose()["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}, name
        assert service["restart"] == "unless-stopped", name


def test_containers_wait_until_those_they_need_are_well():
    services = compose()["services"]
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}, name
            assert "healthcheck" in services[needed] or services[needed].get("build"), needed  # or the image's own
    assert set(services["assistant"]["depends_on"]) == {"postgres", "redis"}


def test_files_that_containers_get_are_there():
    for volume in compose()["services"]["nginx"]["volumes"]:
        source = volume.split(":")[0]
        assert (DEPLOY / source).exists() or source == "./tls", source  # the operator's certificate
    build = compose()["services"]["assistant"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).exists()


def test_variables_of_the_containers_stand_in_the_example():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", (DEPLOY / "compose.yml").read_text()))
    assert used
    assert used <= set(example())


def test_variables_of_the_example_are_documented():
    documents = [ROOT / "docs" / "website.md", ROOT / "docs" / "channels.md", DEPLOY / "README.md"]
    known = set(re.findall(r"`([A-Z_]+)(?:=[^`]*)?`", "".join(document.read_text(encoding="utf-8") for document in documents)))
    for name in {*example(), *compose()["services"]["assistant"]["environment"]}:
        assert name in known, name


def test_example_holds_no_secret():
    for name, value in example().items():
        assert not value or not re.search("SECRET|PASSWORD|TOKEN", name), name


def test_redis_starts_as_its_container_starts_it(tmp_path):
    """The very command, but for the port."""
    if not shutil.which("redis-server"):
        not_tested("Redis as deploy/compose.yml starts it: install redis-server and run again.")
    service, port = compose()["services"]["redis"], free_port()
    shell, option, script = (part.replace("$$", "$") for part in service["command"])
    script = script.replace("save", f"bind 127.0.0.1\nport {port}\nsave", 1)
    with running_process([shell, option, script], tmp_path, {"REDIS_PASSWORD": "hunter2"}, tmp_path / "log"):
        wait_for(port)
        server = Redis(port=port, password="hunter2")
        assert server.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        with pytest.raises(AuthenticationError):
            Redis(port=port).ping()


# systemd


def units(tmp_path):
    """Copies whose program and files exist on this machine."""
    copies = []
    for unit in sorted((DEPLOY / "systemd").iterdir()):
        text = (
            unit.read_text().replace("/opt/ask-clara/.venv/bin/python", sys.executable).replace("/etc/ask-clara.env", "/dev/null")
        )
        (tmp_path / unit.name).write_text(text)
        copies.append(str(tmp_path / unit.name))
    return copies


def systemd_analyze(tmp_path, *arguments):
    if not shutil.which("systemd-analyze"):
        not_tested("The units of systemd: install systemd and run again.")
    return subprocess.run(
        ["systemd-analyze", *arguments],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_systemd_finds_no_fault(tmp_path):
    result = systemd_analyze(tmp_path, "verify", "--man=no", *units(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("service", ["ask-clara.service", "ask-clara-purge.service"])
def test_services_are_hardened(tmp_path, service):
    units(tmp_path)
    result = systemd_analyze(tmp_path, "security", "--offline=true", "--threshold=20", str(tmp_path / service))
    assert result.returncode == 0, result.stdout + result.stderr


def test_both_services_are_hardened_alike():
    server, purge = (
        re.search(r"^UMask=.*?\n(?=\n|\Z)", (DEPLOY / "systemd" / name).read_text(), re.MULTILINE | re.DOTALL)[0]
        for name in ("ask-clara.service", "ask-clara-purge.service")
    )
    assert server == purge


# What operators read


def test_guide_names_files_that_are_there():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", guide):
        assert (DEPLOY / link).exists(), link
    for path in re.findall(r"\bdeploy/[\w./-]*\w", guide):
        assert (ROOT / path).exists() or path in ("deploy/.env", "deploy/tls"), path  # the operator's own
    for target in set(re.findall(r"(?<!git )\bmake ([a-z]+)", guide)):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_guide_and_units_agree_on_places():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for unit in (DEPLOY / "systemd").glob("*.service"):
        for place in re.findall(r"(?:EnvironmentFile|ExecStart|CONVERSATIONS)=(/\S+)", unit.read_text()):
            assert place in guide, place
    for place in re.findall(r"(/etc/ask-clara/tls|/var/www/html)", (DEPLOY / "nginx" / "ask-clara.conf").read_text()):
        assert place in guide
