"""Twilio: WhatsApp and SMS (https://www.twilio.com/docs/messaging)."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from sanic.exceptions import Unauthorized
from sanic.response import HTTPResponse, text
from twilio.request_validator import RequestValidator

from clara.channels.messaging.call import Call
from clara.channels.messaging.client import Client
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

ACCOUNT, TOKEN, API = "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_URL"

# Twilio itself answers these when they come by SMS, and then lets no other answer through.
KEYWORDS = frozenset("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START UNSTOP HELP INFO".split())


class Twilio(Service):
    """Answers WhatsApp messages and SMS from the number that they were sent to."""

    name = "twilio"
    title = "Twilio (WhatsApp, SMS)"
    who = ("OUR_NUMBER", "THEIRS")
    most = 1600
    needs_public_url = True
    variables = (
        Variable(ACCOUNT, "the account's SID"),
        Variable(TOKEN, "its auth token"),
        Variable(API, "where Twilio's API is", default="https://api.twilio.com"),
    )
    verified = "signature over the address and all fields (`twilio`)"
    form = "numbered text"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._validator = RequestValidator(values[TOKEN])

    async def verify(self, call: Call, client: Client) -> None:
        """By the auth token."""
        try:
            valid = self._validator.validate(self._address, call.form, call.headers.get("x-twilio-signature", ""))
        except (TypeError, ValueError):
            valid = False
        if not valid:
            raise Unauthorized("The signature is wrong.")

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message."""
        told = call.form
        person, us, id = told.get("From", ""), told.get("To", ""), told.get("MessageSid", "")
        for_twilio = told.get("OptOutType") or (
            told.get("Body", "").strip().upper() in KEYWORDS and not person.startswith("whatsapp:")
        )
        if not (person and us and id) or for_twilio:
            return []
        return [Incoming(id=id, who=(us, person), to={"To": person, "From": us}, text=told.get("Body", ""))]

    def respond(self, call: Call) -> HTTPResponse:
        """Nothing more to do."""
        return text("<Response/>", content_type="text/xml")

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """As a message."""
        login = b64encode(f"{self._values[ACCOUNT]}:{self._values[TOKEN]}".encode()).decode()
        await client.call(
            "POST",
            f"{self._values[API]}/2010-04-01/Accounts/{self._values[ACCOUNT]}/Messages.json",
            form={**to, "Body": reply.plain()},
            headers={"Authorization": f"Basic {login}"},
        )
