import hashlib
import hmac
import json
import time
from datetime import datetime, timezone

from double import PUBLIC_URL, Double, Shown

from clara.channels.messaging.webex import Webex

TOKEN, SECRET = "bot-token", "webhook-secret"


class WebexDouble(Double):
    kind = Webex
    tested = "calls, messages and webhooks as the API's documentation has them"
    has_buttons = False

    def __init__(self):
        super().__init__()
        self.messages = {}
        self.webhooks = [{"id": "other", "targetUrl": "https://elsewhere.example.org"}]

    def environment(self):
        return {"WEBEX_BOT_TOKEN": TOKEN, "WEBEX_WEBHOOK_SECRET": SECRET, "WEBEX_API_URL": f"{self.api}/v1"}

    def message(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        written = datetime.fromtimestamp(time.time() - age, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.123Z")
        key = f"m{self.next_id(id)}"
        self.messages[key] = {"id": key, "roomId": room, "personId": person, "text": text}
        self.messages[key] |= {"html": more.pop("html", None), "parentId": more.pop("parent", None)}
        data = {"id": key, "roomId": room, "personId": person, "created": written, "roomType": "direct", **more}
        return self.content({"resource": "messages", "event": "created", "data": data})

    def picture(self):
        return self.message(None)

    def content(self, content):
        return self.signed(json.dumps(content).encode(), SECRET)

    def signed(self, body, secret):
        signature = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
        return {"data": body, "headers": {"Content-Type": "application/json", "X-Spark-Signature": signature}}

    def forge(self, call):
        return self.signed(call["data"], "wrong")

    def take(self, request):
        self.expect(request.headers.get("authorization") == f"Bearer {TOKEN}", 401)
        path = request.path.removeprefix("/v1/")
        if path == "people/me":
            return {"id": "bot", "displayName": "Ask CLARA"}
        if path.startswith("messages/"):
            self.expect(path.removeprefix("messages/") in self.messages, 404)
            return self.messages[path.removeprefix("messages/")]
        if path.startswith("webhooks"):
            return self.webhook(request, path)
        told = request.json
        self.expect(path == "messages" and told["roomId"] and 0 < len(told["markdown"].encode()) <= 7439)
        self.shown.append(Shown(told["markdown"].replace("  \n", "\n"), raw=told))
        return {"id": "reply"}

    def webhook(self, request, path):
        if request.method == "GET":
            return {"items": self.webhooks}
        self.expect(request.json["targetUrl"] == f"{PUBLIC_URL}/webhooks/webex/webhook" and request.json["secret"] == SECRET)
        self.registered.append((request.method, path, request.json))
        if request.method == "POST":
            self.webhooks.append({"id": "ours", **request.json})
        return {"id": "ours"}
