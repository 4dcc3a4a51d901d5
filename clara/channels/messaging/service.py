"""What a messaging service has of its own: how it proves who calls, what it sends, and how replies look there."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, json

from clara.channels.messaging.call import Call
from clara.channels.messaging.client import Client
from clara.channels.messaging.messages import Incoming, Outgoing


@dataclass(frozen=True)
class Variable:
    """An environment variable of a service.

    Attributes:
        name: its name.
        meaning: what to set it to.
        default: what it is where it isn't set; a variable without one is needed.
    """

    name: str
    meaning: str
    default: str = ""


class Service(ABC):
    """One messaging service; its variables are set.

    Attributes:
        name: in addresses and in stored conversations.
        title: as its makers write it.
        who: what the ids are of that tell whose conversation it is, as Incoming has them, in its order.
        most: characters that it surely takes in one message.
        variables: what it is set up with.
        verified: how it proves who calls, for the docs.
        form: how a reply looks there, and within which limits, for the docs.
        needs_public_url: whether it must know the address that it calls.
        gives_up_after: seconds for which it may go on trying to deliver a message; an older one was sent again by somebody else.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    who: ClassVar[tuple[str, ...]]
    most: ClassVar[int]
    variables: ClassVar[tuple[Variable, ...]]
    verified: ClassVar[str]
    form: ClassVar[str]
    needs_public_url: ClassVar[bool] = False
    gives_up_after: ClassVar[float] = 3600.0

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """Take the values of its variables.

        Args:
            values: by the variables' names.
            address: where the service is to call.
        """
        self._values = values
        self._address = address

    @classmethod
    def problem(cls, values: Mapping[str, str]) -> str:
        """What to do where a value of its variables, all of which are set, can't be right; "" where nothing is wrong."""
        return ""

    @abstractmethod
    async def verify(self, call: Call, client: Client) -> None:
        """Unauthorized (401) or Forbidden (403) where the call isn't the service's."""

    @abstractmethod
    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """The messages in a verified call; none where it holds nothing to answer. InvalidUsage (400) where it can't be read."""

    @abstractmethod
    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """Bring a reply to where a message came from; Undelivered where the service doesn't take it."""

    def respond(self, call: Call) -> HTTPResponse:
        """What a verified call gets back; the reply goes another way."""
        return json({})

    def handshake(self, query: Mapping[str, str]) -> HTTPResponse:
        """What a GET request gets: some services try an address before they use it."""
        raise NotFound("Nothing is read here.")

    async def register(self, client: Client) -> None:  # noqa: B027  # most have nothing to do
        """At the start: tell the service the address, where that isn't done by hand; Undelivered where it doesn't take it."""
