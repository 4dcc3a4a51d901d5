from base64 import b64encode
from urllib.parse import urlencode

from double import PUBLIC_URL, Double, Shown
from twilio.request_validator import RequestValidator

from clara.channels.messaging.twilio import Twilio

ACCOUNT, TOKEN = "AC123", "auth-token"


class TwilioDouble(Double):
    kind = Twilio
    tested = "calls signed by `twilio`; replies as its REST API takes them"
    tells_time = False
    has_buttons = False

    def environment(self):
        return {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_API_URL": self.api}

    def named(self, person="p1", room="r1"):
        return f"twilio:whatsapp:{room}:whatsapp:{person}"

    def message(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        told = {"From": f"whatsapp:{person}", "To": f"whatsapp:{room}", "Body": text, "MessageSid": f"SM{self.next_id(id)}"}
        return self.content({**told, "NumMedia": "0", "ProfileName": "Ada & Bob", **more})

    def picture(self):
        return self.message("", NumMedia="1", MediaUrl0="https://example.org/picture")

    def content(self, content):
        fields = content if isinstance(content, dict) else {"value": str(content)}
        return self.signed({name: str(value) for name, value in fields.items()}, TOKEN)

    def signed(self, fields, token):
        signature = RequestValidator(token).compute_signature(f"{PUBLIC_URL}/webhooks/twilio/webhook", fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return {"data": urlencode(fields).encode(), "headers": headers}

    def forge(self, call):
        return {**call, "headers": {**call["headers"], "X-Twilio-Signature": RequestValidator("wrong").compute_signature("", {})}}

    def take(self, request):
        self.expect(request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", 404)
        login = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        self.expect(request.headers["authorization"] == f"Basic {login}", 401)
        told = request.form
        self.expect(set(told) == {"To", "From", "Body"} and 0 < len(told["Body"]) <= 1600)
        self.shown.append(Shown(told["Body"], raw=told))
        return {"sid": "SM0", "status": "queued"}
