"""The containers of deploy/, as far as this machine can check them: who may reach what, and do what."""

import re
import shutil
import subprocess

import pytest
from loudly import skip_loudly
from proxy import wait_for
from redis import Redis
from redis.exceptions import AuthenticationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from benchmarks.server import free_port, running_process
from clara.settings import ROOT

DEPLOY = ROOT / "deploy"


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


def validator():
    """The command of Docker Compose: of Docker's own plug-in, or of the older program that Debian has."""
    if shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        return ["docker", "compose"]
    if not shutil.which("docker-compose"):
        skip_loudly("deploy/compose.yml as Docker Compose reads it: install docker-compose and run again.")
    return ["docker-compose"]


def test_compose_finds_no_fault(tmp_path):
    command = validator()
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns(".env", "tls"))
    file = tmp_path / "deploy" / "compose.yml"
    if command == ["docker-compose"]:
        file.write_text(re.sub(r"^name: .*\n|, pids: \d+", "", file.read_text(), flags=re.MULTILINE))  # which it doesn't know yet
    values = {name: "0" * 64 for name, value in example().items() if not value}
    (tmp_path / "deploy" / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))

    def validate():
        return subprocess.run([*command, "-f", str(file), "config", "--quiet"], capture_output=True, text=True, timeout=60)

    result = validate()
    assert result.returncode == 0, result.stderr
    file.write_text(file.read_text().replace("healthcheck:", "heathcheck:", 1))
    assert validate().returncode != 0


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
        skip_loudly("Redis as deploy/compose.yml starts it: install redis-server and run again.")
    service, port = compose()["services"]["redis"], free_port()
    shell, option, script = (part.replace("$$", "$") for part in service["command"])
    script = script.replace("save", f"bind 127.0.0.1\nport {port}\nsave", 1)
    with running_process([shell, option, script], tmp_path, {"REDIS_PASSWORD": "hunter2"}, tmp_path / "log"):
        wait_for(port)
        server = Redis(port=port, password="hunter2")
        assert server.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        with pytest.raises(AuthenticationError):
            Redis(port=port).ping()
