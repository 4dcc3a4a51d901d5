"""Where things stand, and every setting that the environment may give, typed and checked."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from clara.errors import ClaraError

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "data" / "knowledge"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "ask-clara"  # all checkouts' own
MIN_SECRET_CHARACTERS = 32
REDIS_SECONDS = 2
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:(?!80$|443$)\d{1,5})?")  # as browsers write it: in lower case, no usual port


@dataclass(frozen=True)
class Limits:
    """What a visitor may send.

    Attributes:
        characters: of one message (MAX_CHARACTERS).
        body_bytes: of one request's body (MAX_BODY_BYTES).
        session_rate: messages a minute in one conversation (SESSION_MESSAGES_PER_MINUTE).
        address_rate: messages a minute from one network address (ADDRESS_MESSAGES_PER_MINUTE).
        turns: messages of one conversation (SESSION_TURNS).
        session_hours: how long after its first message a conversation takes others (SESSION_HOURS).
        reply_seconds: how long the assistant may think before the visitor gets an apology; at most 25, for browsers wait for 30
            (REPLY_SECONDS).
    """

    characters: int = 500
    body_bytes: int = 16_384
    session_rate: int = 30
    address_rate: int = 120
    turns: int = 200
    session_hours: int = 12
    reply_seconds: int = 7


@dataclass(frozen=True)
class Settings:
    """The settings, with their defaults.

    Attributes:
        host: the IP address that the server listens on; 0.0.0.0 are all of the machine or container (LISTEN_HOST).
        port: its TCP port there, 1 to 65535 (PORT).
        conversations: the SQLite file of the conversations, instead of the one in endpoints.yml (CONVERSATIONS).
        database_url: the PostgreSQL database of the conversations, instead of a file (DATABASE_URL).
        redis_url: the Redis that processes share locks and counts through; where it is empty, there is one process (REDIS_URL).
        broker_url: the RabbitMQ that gets every event, for other programs; may be empty (BROKER_URL).
        retention_days: how long a conversation is kept after its last message (RETENTION_DAYS).
        production: the channels for tools are off (PRODUCTION).
        session_secret: signs the session ids, MIN_SECRET_CHARACTERS or more; where it is empty, one is made and kept in a file
            (SESSION_SECRET).
        allowed_origins: the websites, besides the server's own, whose pages may talk to it (ALLOWED_ORIGINS).
        page_url: the web address of the about page; may be empty (PAGE_URL).
        contact_url: where people can reach CLARA; may be empty (CONTACT_URL).
        health_seconds: how long what the health check found holds (HEALTH_SECONDS).
        public_url: the server's address on the internet, which messaging services call; may be empty (PUBLIC_URL).
        messaging: the environment, for the variables of messaging services: which they are, stands with each of them.
        limits: what a visitor may send.
        root: the checkout: config.yml, domain.yml, data/ and models/ stand in it.
    """

    host: str = "127.0.0.1"
    port: int = 5005
    conversations: Path | None = None
    database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    broker_url: str = field(default="", repr=False)
    retention_days: int = 30
    production: bool = False
    session_secret: str = field(default="", repr=False)
    allowed_origins: tuple[str, ...] = ()
    page_url: str = ""
    contact_url: str = ""
    health_seconds: int = 10
    public_url: str = ""
    messaging: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    limits: Limits = Limits()
    root: Path = ROOT

    @property
    def knowledge(self) -> Path:
        """The folder of the knowledge files."""
        return self.root / "data" / "knowledge"

    @property
    def models(self) -> Path:
        """The folder of the trained models."""
        return self.root / "models"

    @property
    def web(self) -> Path:
        """The folder of what browsers get."""
        return self.root / "web"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; ClaraError where one has a value it can't have."""
    values = _Values(environment)
    conversations = values.text("CONVERSATIONS")
    if values.text("SANIC_WORKERS") not in ("", "1"):
        raise ClaraError(
            "SANIC_WORKERS would share one port, and nobody would see it if a process ended: start several on ports of their own."
        )
    return Settings(
        host=values.host("LISTEN_HOST", Settings.host),
        port=values.number("PORT", Settings.port, most=65_535),
        conversations=Path(conversations) if conversations else None,
        database_url=values.service("DATABASE_URL", ("postgresql", "postgres"), "postgresql://user:password@host/database"),
        redis_url=_impatient(values.service("REDIS_URL", ("redis", "rediss"), "redis://:password@host:6379/0")),
        broker_url=values.service("BROKER_URL", ("amqp", "amqps"), "amqp://user:password@host:5672/"),
        retention_days=values.number("RETENTION_DAYS", Settings.retention_days, most=3650),
        production=values.switch("PRODUCTION"),
        session_secret=values.secret("SESSION_SECRET"),
        allowed_origins=values.origins("ALLOWED_ORIGINS"),
        page_url=values.url("PAGE_URL"),
        contact_url=values.url("CONTACT_URL"),
        health_seconds=values.number("HEALTH_SECONDS", Settings.health_seconds),
        public_url=values.url("PUBLIC_URL").rstrip("/"),
        messaging=environment,
        limits=Limits(
            characters=values.number("MAX_CHARACTERS", Limits.characters),
            body_bytes=values.number("MAX_BODY_BYTES", Limits.body_bytes),
            session_rate=values.number("SESSION_MESSAGES_PER_MINUTE", Limits.session_rate),
            address_rate=values.number("ADDRESS_MESSAGES_PER_MINUTE", Limits.address_rate),
            turns=values.number("SESSION_TURNS", Limits.turns),
            session_hours=values.number("SESSION_HOURS", Limits.session_hours),
            reply_seconds=values.number("REPLY_SECONDS", Limits.reply_seconds, most=25),
        ),
    )


class _Values:
    """Reads variables of an environment; what is empty counts as not set. Each method raises ClaraError on a senseless value."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def number(self, name: str, default: int, most: int = 1_000_000_000) -> int:
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
            raise ClaraError(f"{name} is {text!r}, but must be a number from 1 to {most}: set it so, or leave it out.")
        return int(text)

    def host(self, name: str, default: str) -> str:
        text = self.text(name) or default
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            raise ClaraError(f"{name} is {text!r}, but must be an IP address: set it so, or leave it out.") from None

    def switch(self, name: str) -> bool:
        text = self.text(name) or "0"
        if text not in ("0", "1"):
            raise ClaraError(f"{name} is {text!r}, but must be 1 (on) or 0 (off): set it so, or leave it out.")
        return text == "1"

    def secret(self, name: str) -> str:
        text = self.text(name)
        if text and len(text) < MIN_SECRET_CHARACTERS:
            raise ClaraError(
                f"{name} must have {MIN_SECRET_CHARACTERS} characters or more: make one with `openssl rand -hex 32`."
            )
        return text

    def url(self, name: str) -> str:
        text = self.text(name)
        if text and not _is_web_address(text):
            raise ClaraError(
                f"{name} is {text!r}, but must be a web address that starts with https://: set it so, or leave it out."
            )
        return text

    def service(self, name: str, schemes: tuple[str, ...], example: str) -> str:
        text = self.text(name)  # which isn't repeated: it may hold a password
        try:
            parts = urlsplit(text)
            right = not text or (parts.scheme in schemes and bool(parts.hostname) and parts.port != 0)
        except ValueError:
            right = False
        if not right:
            raise ClaraError(f"{name} must be an address such as {example}: set it so, or leave it out.")
        return text

    def origins(self, name: str) -> tuple[str, ...]:
        origins = tuple(self.text(name).lower().replace(",", " ").split())
        for origin in origins:
            if not ORIGIN.fullmatch(origin):
                raise ClaraError(f"{name} holds {origin!r}: write websites as https://www.example.org, without a path or a star.")
        return origins


def _impatient(redis_url: str) -> str:
    """The address of a Redis, with limits to how long it is waited for, which visitors are waiting for too."""
    if not redis_url:
        return ""
    return f"{redis_url}{'&' if '?' in redis_url else '?'}socket_connect_timeout={REDIS_SECONDS}&socket_timeout={REDIS_SECONDS}"


def _is_web_address(text: str) -> bool:
    if any(sign.isspace() or sign in "<>{}\"'" for sign in text):  # it is shown in texts, and filled into one
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
