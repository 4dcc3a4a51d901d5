import hashlib
import hmac
import json
import time

from double import Double, Shown

from clara.channels.messaging.messenger import Messenger

SECRET, TOKEN, VERIFY = "app-secret", "page-token", "our-word"


class MessengerDouble(Double):
    kind = Messenger
    tested = "calls and limits as the platform's documentation has them"

    def environment(self):
        variables = {"MESSENGER_PAGE_TOKEN": TOKEN, "MESSENGER_APP_SECRET": SECRET, "MESSENGER_VERIFY_TOKEN": VERIFY}
        return {**variables, "MESSENGER_API_URL": f"{self.api}/v24.0"}

    def event(self, person="p1", room="r1", age=0.0, **more):
        return {"sender": {"id": person}, "recipient": {"id": room}, "timestamp": int((time.time() - age) * 1000), **more}

    def message(self, text, id=None, **where):
        return self.events(self.event(message={"mid": f"m_{self.next_id(id)}", "text": text}, **where))

    def picture(self):
        return self.events(self.event(message={"mid": f"m_{self.next_id()}", "attachments": [{"type": "image"}]}))

    def press(self, shown, button, person="p1", room="r1"):
        payload = next(reply["payload"] for reply in shown.raw["quick_replies"] if reply["title"] == button)
        message = {"mid": f"m_{self.next_id()}", "text": button, "quick_reply": {"payload": payload}}
        return self.events(self.event(person, room, message=message))

    def events(self, *events):
        return self.content({"object": "page", "entry": [{"id": "page", "time": 1, "messaging": list(events)}]})

    def content(self, content):
        return self.signed(json.dumps(content).encode(), SECRET)

    def signed(self, body, secret):
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return {"data": body, "headers": {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}}

    def forge(self, call):
        return self.signed(call["data"], "wrong")

    def take(self, request):
        self.expect(request.headers["authorization"] == f"Bearer {TOKEN}", 401)
        told = request.json
        if request.path == "/v24.0/me/messenger_profile":
            self.registered.append(told)
            return {"result": "success"}
        self.expect(request.path == "/v24.0/me/messages", 404)
        replies = told["message"].get("quick_replies", [])
        self.expect(told["messaging_type"] == "RESPONSE" and 0 < len(told["message"]["text"]) <= 2000 and len(replies) <= 13)
        self.expect(all(len(reply["title"]) <= 20 and len(reply["payload"]) <= 1000 for reply in replies))
        self.expect("quick_replies" not in told["message"] or replies)
        self.shown.append(Shown(told["message"]["text"], [reply["title"] for reply in replies], told["message"]))
        return {"recipient_id": told["recipient"]["id"], "message_id": "m_reply"}
