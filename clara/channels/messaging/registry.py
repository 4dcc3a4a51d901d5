"""Which messaging services are on: those whose environment variables are set."""

from collections.abc import Mapping
from dataclasses import dataclass

from clara.channels.messaging.mattermost import Mattermost
from clara.channels.messaging.messenger import Messenger
from clara.channels.messaging.rocketchat import RocketChat
from clara.channels.messaging.service import Service
from clara.channels.messaging.slack import Slack
from clara.channels.messaging.teams import Teams
from clara.channels.messaging.telegram import Telegram
from clara.channels.messaging.twilio import Twilio
from clara.channels.messaging.webex import Webex
from clara.errors import ClaraError
from clara.settings import Settings

SERVICES: tuple[type[Service], ...] = (Slack, Teams, Messenger, Telegram, Mattermost, Twilio, RocketChat, Webex)
PUBLIC_URL = "PUBLIC_URL"


def path_of(name: str) -> str:
    """Where a service's routes are, on the server."""
    return f"/webhooks/{name}"


@dataclass(frozen=True)
class Switch:
    """Whether a service is on.

    Attributes:
        kind: the service.
        values: its variables that are set.
        public_url: the server's address on the internet; "" where it isn't set.
    """

    kind: type[Service]
    values: Mapping[str, str]
    public_url: str

    @property
    def needed(self) -> list[str]:
        """The variables that it can't do without."""
        own = [variable.name for variable in self.kind.variables if not variable.default]
        return own + ([PUBLIC_URL] if self.kind.needs_public_url else [])

    @property
    def problem(self) -> str:
        """What to do where it is set up by half, or wrongly; "" where it isn't."""
        if not self.values:
            return ""
        told = [*self.values, *([PUBLIC_URL] if self.public_url else [])]
        missing = [name for name in self.needed if name not in told]
        if missing:
            are, them = ("is", "it") if len(missing) == 1 else ("are", "them")
            return f"{' and '.join(missing)} {are} missing: set {them}, or unset {' and '.join(self.values)}."
        return self.kind.problem(self.values)

    @property
    def on(self) -> bool:
        """Whether it is set up, and rightly."""
        return bool(self.values) and not self.problem

    @property
    def address(self) -> str:
        """Where the service is to call; only the path, where the server's own address isn't known."""
        return f"{self.public_url}{path_of(self.kind.name)}/webhook"

    def turn_on(self) -> Service:
        """The service, as it is set up."""
        defaults = {variable.name: variable.default for variable in self.kind.variables}
        return self.kind({**defaults, **self.values}, self.address)


def switches(settings: Settings) -> list[Switch]:
    """Every service, on or off; a variable that is empty counts as not set."""
    told = {name: value.strip() for name, value in settings.messaging.items()}
    return [
        Switch(kind, {v.name: told[v.name] for v in kind.variables if told.get(v.name)}, settings.public_url) for kind in SERVICES
    ]


def overview(settings: Settings) -> str:
    """A line for each service: on, with its address, or off, with its variables.

    Raises:
        ClaraError: a service is set up by half, or wrongly; the text is the overview, with what to do.
    """
    found = switches(settings)
    width = max(len(switch.kind.title) for switch in found)
    lines = [f"{switch.kind.title:<{width}}  {_state(switch)}" for switch in found]
    text = "\n".join([*lines, "", "docs/channels.md says where to find each value."])
    if any(switch.problem for switch in found):
        raise ClaraError(text)
    return text


def _state(switch: Switch) -> str:
    if switch.problem:
        return f"WRONG  {switch.problem}"
    if switch.on:
        return f"on     {switch.address}" + (
            "" if switch.public_url else f" (put your server's address in front, or set {PUBLIC_URL})"
        )
    return f"off    needs {', '.join(switch.needed)}"
