from pathlib import Path

import pytest

from clara.errors import ClaraError
from clara.settings import Limits, Settings, read_settings


def test_defaults():
    assert read_settings({}) == Settings()


def test_empty_value_is_the_default():
    assert read_settings({"PORT": "", "PRODUCTION": " ", "SESSION_TURNS": ""}) == Settings()


def test_values_from_the_environment():
    assert read_settings(
        {
            "LISTEN_HOST": "0.0.0.0",
            "PORT": "8080",
            "CONVERSATIONS": "/tmp/c.db",
            "DATABASE_URL": "postgresql://me:secret@db.example.org/clara",
            "REDIS_URL": "redis://:secret@redis.example.org:6379/0",
            "BROKER_URL": "amqp://me:secret@broker.example.org:5672/",
            "PUBLIC_URL": "https://chat.example.org/",
            "PRODUCTION": "1",
            "SESSION_SECRET": "s" * 32,
            "ALLOWED_ORIGINS": "https://WWW.example.org, http://localhost:8000",
            "PAGE_URL": "https://www.example.org/about",
            "CONTACT_URL": "https://www.example.org/contact?from=chat",
            "HEALTH_SECONDS": "30",
            "MAX_CHARACTERS": "300",
            "MAX_BODY_BYTES": "8000",
            "SESSION_MESSAGES_PER_MINUTE": "10",
            "ADDRESS_MESSAGES_PER_MINUTE": "50",
            "SESSION_TURNS": "99",
            "SESSION_HOURS": "3",
            "REPLY_SECONDS": "9",
        }
    ) == Settings(
        host="0.0.0.0",
        port=8080,
        conversations=Path("/tmp/c.db"),
        database_url="postgresql://me:secret@db.example.org/clara",
        redis_url="redis://:secret@redis.example.org:6379/0?socket_connect_timeout=2&socket_timeout=2",
        broker_url="amqp://me:secret@broker.example.org:5672/",
        public_url="https://chat.example.org",
        production=True,
        session_secret="s" * 32,
        allowed_origins=("https://www.example.org", "http://localhost:8000"),
        page_url="https://www.example.org/about",
        contact_url="https://www.example.org/contact?from=chat",
        health_seconds=30,
        limits=Limits(
            characters=300, body_bytes=8000, session_rate=10, address_rate=50, turns=99, session_hours=3, reply_seconds=9
        ),
    )


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "80.5", "²"])
def test_port_that_cannot_be_says_what_to_do(port):
    with pytest.raises(ClaraError, match="must be a number from 1 to 65535"):
        read_settings({"PORT": port})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LISTEN_HOST", "localhost", "must be an IP address"),
        ("LISTEN_HOST", "0.0.0.0:5005", "must be an IP address"),
        ("SESSION_TURNS", "0", "must be a number from 1"),
        ("PRODUCTION", "true", "must be 1 .on. or 0"),
        ("SESSION_SECRET", "too short", "must have 32 characters or more"),
        ("PAGE_URL", "www.example.org", "must be a web address"),
        ("CONTACT_URL", "javascript:alert(1)", "must be a web address"),
        ("CONTACT_URL", "https://example.org/{address}", "must be a web address"),
        ("CONTACT_URL", "https://[", "must be a web address"),
        ("ALLOWED_ORIGINS", "*", "write websites as"),
        ("ALLOWED_ORIGINS", "https://example.org/", "write websites as"),
        ("ALLOWED_ORIGINS", "https://*.example.org", "write websites as"),
        ("ALLOWED_ORIGINS", "https://example.org:443", "write websites as"),
        ("ALLOWED_ORIGINS", "https://me@example.org", "write websites as"),
        ("REPLY_SECONDS", "60", "must be a number from 1 to 25"),
        ("ALLOWED_ORIGINS", "example.org", "write websites as"),
        ("DATABASE_URL", "mysql://me@db/clara", "must be an address such as postgresql://"),
        ("DATABASE_URL", "postgresql://", "must be an address such as postgresql://"),
        ("REDIS_URL", "localhost:6379", "must be an address such as redis://"),
        ("REDIS_URL", "redis://host:port/0", "must be an address such as redis://"),
        ("BROKER_URL", "http://broker:5672/", "must be an address such as amqp://"),
        ("SANIC_WORKERS", "2", "start several on ports of their own"),
    ],
)
def test_value_that_cannot_be_says_what_to_do(name, value, says):
    with pytest.raises(ClaraError, match=f"{name}.* {says}" if not says.startswith("must have") else says):
        read_settings({name: value})


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "BROKER_URL"])
def test_password_in_an_address_is_not_shown(name):
    with pytest.raises(ClaraError) as error:
        read_settings({name: "mysql://me:hunter2@db/clara"})
    assert "hunter2" not in str(error.value)
    assert "hunter2" not in repr(read_settings({"DATABASE_URL": "postgresql://me:hunter2@db/clara"}))


def test_secret_is_not_shown():
    with pytest.raises(ClaraError) as error:
        read_settings({"SESSION_SECRET": "too short"})
    assert "too short" not in str(error.value)
