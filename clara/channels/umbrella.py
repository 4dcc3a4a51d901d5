"""All the ways in, as one channel for credentials.yml: which of them are open depends on the settings, not on that file."""

from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.blueprint_group import BlueprintGroup

from clara.channels.guard import OnNewMessage, plain_text_only
from clara.channels.strict_http import harden
from clara.channels.website import WebsiteChannel
from clara.settings import Settings, read_settings


class Channels(InputChannel):
    """The website's channel; outside production also Rasa's `rest`, for tools: it trusts whoever calls it."""

    def __init__(self, settings: Settings) -> None:
        """ClaraError as WebsiteChannel has it."""
        self._production = settings.production
        self._website = WebsiteChannel(settings)

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """The channels as the environment sets them; ClaraError where it sets something senseless."""
        return cls(read_settings())

    @classmethod
    def name(cls) -> str:
        """The name in Rasa's list of channels; messages carry the names of the channels beneath."""
        return "clara"

    def url_prefix(self) -> str:
        """The root: each channel beneath has a prefix of its own."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> BlueprintGroup:  # type: ignore[override]  # Sanic takes both
        """The routes of every open channel."""
        blueprints = [self._website.blueprint(plain_text_only(on_new_message))]
        blueprints[0].before_server_start(harden)
        if not self._production:
            rest = RestInput()
            blueprint = rest.blueprint(on_new_message)
            blueprint.url_prefix = f"/webhooks/{rest.url_prefix()}"
            blueprints.append(blueprint)
        return Blueprint.group(*blueprints, url_prefix="/")
