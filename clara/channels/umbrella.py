"""All the ways in, as one channel for credentials.yml: which of them are open depends on the settings, not on that file."""

import logging
from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.blueprint_group import BlueprintGroup

from clara.channels.guard import OnNewMessage, plain_text_only
from clara.channels.messaging.channel import MessagingChannel
from clara.channels.messaging.registry import switches
from clara.channels.messaging.service import Service
from clara.channels.strict_http import harden
from clara.channels.website import WebsiteChannel
from clara.live import knowledge_in_service
from clara.settings import Settings, read_settings

logger = logging.getLogger(__name__)


class Channels(InputChannel):
    """The website's channel; those of messaging services that are set up; outside production also Rasa's `rest`, for tools.

    `rest` trusts whoever calls it. A service that is set up by half stays off, and says so in the log: the others go on.
    """

    def __init__(self, settings: Settings) -> None:
        """ClaraError as WebsiteChannel has it."""
        self._production = settings.production
        live = knowledge_in_service(settings)
        self._channels: list[InputChannel] = [WebsiteChannel(settings)]
        self._channels += [MessagingChannel(service, settings, live) for service in services_that_are_on(settings)]

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
        public = plain_text_only(on_new_message)
        blueprints = [channel.blueprint(public) for channel in self._channels]
        blueprints[0].before_server_start(harden)
        if not self._production:
            rest = RestInput()
            blueprint = rest.blueprint(on_new_message)
            blueprint.url_prefix = f"/webhooks/{rest.url_prefix()}"
            blueprints.append(blueprint)
        return Blueprint.group(*blueprints, url_prefix="/")


def services_that_are_on(settings: Settings) -> list[Service]:
    """The messaging services that are set up; the log names what is missing for those that are set up by half."""
    found = switches(settings)
    for switch in found:
        if switch.problem:
            logger.error("%s stays off: %s", switch.kind.title, switch.problem)
    return [switch.turn_on() for switch in found if switch.on]
