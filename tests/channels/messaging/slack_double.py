import html
import json
import time
from urllib.parse import urlencode

from double import Double, Shown
from slack_sdk.models.blocks import Block
from slack_sdk.signature import SignatureVerifier

from clara.channels.messaging.slack import Slack

SECRET, TOKEN = "8f742231b10e8888abcd99yyyzzz85a5", "xoxb-1-2-abc"
TEAM = "T0"


class SlackDouble(Double):
    kind = Slack
    tested = "calls signed by `slack_sdk`; replies checked by its block models"

    def environment(self):
        return {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{self.api}/api"}

    def named(self, person="p1", room="r1"):
        return f"slack:{TEAM}:{room}:{person}"

    def message(self, text, person="p1", room="r1", id=None, age=0.0, escaped=None, **more):
        text = escaped or html.escape(text, quote=False)
        event = {"type": "message", "channel_type": "im", "user": person, "channel": room, "text": text}
        event |= {"ts": f"1700000000.{self.next_id(id)}", **more}
        return self.content({"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{self.number}", "event": event}, age)

    def picture(self):
        return self.message("", subtype="file_share", files=[{"id": "F1"}])

    def press(self, shown, button, person="p1", room="r1", org_wide=False):
        element = next(element for element in shown.raw["elements"] if element["text"]["text"] == button)
        action = {"type": "button", "action_id": element["action_id"], "value": element["value"], "action_ts": self.next_id()}
        payload = {
            "type": "block_actions",
            "team": None if org_wide else {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "channel": {"id": room},
        }
        payload |= {"message": {"ts": "1700000001.1"}, "actions": [action]}
        return self.signed(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")

    def content(self, content, age=0.0):
        return self.signed(json.dumps(content), "application/json", age)

    def signed(self, body, kind, age=0.0):
        seconds = str(int(time.time() - age))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=seconds, body=body)
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": seconds, "X-Slack-Signature": signature}
        return {"data": body.encode(), "headers": headers}

    def forge(self, call):
        headers = call["headers"]
        wrong = SignatureVerifier("wrong").generate_signature(timestamp=headers["X-Slack-Request-Timestamp"], body=call["data"])
        return {**call, "headers": {**headers, "X-Slack-Signature": wrong}}

    def take(self, request):
        self.expect(request.path == "/api/chat.postMessage", 404)
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return {"ok": False, "error": "invalid_auth"}
        told = request.json
        lines, elements = [], []
        for block in Block.parse_all(told["blocks"]):
            block.validate_json()
            shape = block.to_dict()
            if shape["type"] == "section":
                assert len(shape["text"]["text"]) <= 3000
                lines.append(shape["text"]["text"])
            elif shape["type"] == "context":
                lines += [element["text"] for element in shape["elements"]]
            else:
                assert shape["type"] == "actions"
                assert len(shape["elements"]) <= 25
                elements += shape["elements"]
        ids = [element["action_id"] for element in elements]
        if len(ids) != len(set(ids)) or not told["text"] or not told["channel"]:
            return {"ok": False, "error": "invalid_blocks"}
        text = html.unescape("\n".join(lines))
        raw = {"elements": elements, "thread": told.get("thread_ts"), "channel": told["channel"]}
        self.shown.append(Shown(text, [element["text"]["text"] for element in elements], raw))
        return {"ok": True, "channel": told["channel"], "ts": "1700000002.1"}
