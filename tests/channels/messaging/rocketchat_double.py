import json
import time
from datetime import datetime, timezone

from double import Double, Shown

from clara.channels.messaging.rocketchat import RocketChat

USER, TOKEN, WEBHOOK = "bot-1", "personal-token", "webhook-token"


class RocketChatDouble(Double):
    signs_body = False
    kind = RocketChat
    tested = "calls and replies as the server's documentation has them"
    has_buttons = False

    def environment(self):
        variables = {"ROCKETCHAT_URL": self.api, "ROCKETCHAT_USER_ID": USER, "ROCKETCHAT_TOKEN": TOKEN}
        return {**variables, "ROCKETCHAT_WEBHOOK_TOKEN": WEBHOOK}

    def message(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        written = datetime.fromtimestamp(time.time() - age, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.123Z")
        told = {"bot": False, "channel_id": room, "message_id": f"m{self.next_id(id)}", "timestamp": written}
        return self.content({**told, "user_id": person, "user_name": "ada", "text": text, "siteUrl": self.api, **more})

    def picture(self):
        return self.message("")

    def content(self, content):
        told = {"token": WEBHOOK, **content} if isinstance(content, dict) else content
        return {"data": json.dumps(told).encode(), "headers": {"Content-Type": "application/json"}}

    def forge(self, call):
        return {**call, "data": json.dumps({**json.loads(call["data"]), "token": "wrong"}).encode()}

    def take(self, request):
        self.expect(request.path == "/api/v1/chat.postMessage", 404)
        self.expect((request.headers["x-user-id"], request.headers["x-auth-token"]) == (USER, TOKEN), 401)
        told = request.json
        self.expect(told["roomId"] and 0 < len(told["text"]) <= 5000)
        self.shown.append(Shown(told["text"], raw=told))
        return {"success": True}
