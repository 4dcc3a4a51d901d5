import json
import time

from double import PUBLIC_URL, Double, Refused, Shown

from clara.channels.messaging.mattermost import Mattermost

WEBHOOK, TOKEN = "webhook-token", "bot-token"


class MattermostDouble(Double):
    signs_body = False
    kind = Mattermost
    tested = "calls, threads and buttons as the server's documentation has them"

    def __init__(self):
        super().__init__()
        self.roots = {}  # of posts that stand in threads
        self.props = {}  # of posts that machines wrote

    def environment(self):
        variables = {"MATTERMOST_URL": f"{self.api}/", "MATTERMOST_BOT_TOKEN": TOKEN}
        return {**variables, "MATTERMOST_WEBHOOK_TOKEN": f"{WEBHOOK} another-token"}

    def message(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        told = {"token": WEBHOOK, "channel_id": room, "user_id": person, "user_name": "ada", "post_id": f"post{self.next_id(id)}"}
        told |= {"timestamp": int((time.time() - age) * 1000), "text": f"@clara {text}".strip(), "trigger_word": "@clara"}
        return self.content({**told, **more})

    def picture(self):
        return self.message("", file_ids="f1")

    def press(self, shown, button, person="p1", room="r1"):
        (action,) = (action for action in shown.raw["actions"] if action["name"] == button)
        told = {"user_id": person, "channel_id": room, "post_id": "reply", "trigger_id": f"trigger{self.next_id()}"}
        return self.bare({**told, "context": action["integration"]["context"]})

    def content(self, content):
        return self.bare({"token": WEBHOOK, **content} if isinstance(content, dict) else content)

    def bare(self, content):
        return {"data": json.dumps(content).encode(), "headers": {"Content-Type": "application/json"}}

    def forge(self, call):
        told = json.loads(call["data"])
        if "context" in told:
            return self.bare({**told, "context": {**told["context"], "question": "Who pays?"}})
        return self.bare({**told, "token": "wrong"})

    def take(self, request):
        self.expect(request.headers.get("authorization") == f"Bearer {TOKEN}", 401)
        if request.method == "GET":
            id = request.path.removeprefix("/api/v4/posts/")
            return {"id": id, "root_id": self.roots.get(id, ""), "props": self.props.get(id, {})}
        self.expect(request.path == "/api/v4/posts", 404)
        told = request.json
        if told["root_id"] in self.roots:
            raise Refused(400, {"id": "api.post.create_post.root_id.app_error"})
        actions = [action for one in told.get("props", {}).get("attachments", []) for action in one["actions"]]
        for action in actions:
            self.expect(action["id"].isalnum() and action["integration"]["url"] == f"{PUBLIC_URL}/webhooks/mattermost/webhook")
        self.expect(told["channel_id"] and 0 < len(told["message"]) <= 16383)
        text = told["message"]
        self.shown.append(Shown(text, [action["name"] for action in actions], {"actions": actions, "root": told["root_id"]}))
        return {"id": "reply"}
