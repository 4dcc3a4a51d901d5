import html
import json
import re
import time
from datetime import datetime, timezone

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from double import Double, Shown

from clara.channels.messaging.teams import Teams

APP, PASSWORD, TENANT, TOKEN = "app-1", "pass word&", "tenant-1", "ours-1"
OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class TeamsDouble(Double):
    signs_body = False
    kind = Teams
    tested = "calls signed by `pyjwt` with keys from an OpenID document; tokens had by OAuth"
    has_buttons = False  # a suggested action is a message like any other

    def environment(self):
        variables = {"TEAMS_APP_ID": APP, "TEAMS_APP_PASSWORD": PASSWORD, "TEAMS_TENANT_ID": TENANT}
        return {**variables, "TEAMS_LOGIN_URL": f"{self.api}/login", "TEAMS_OPENID_URL": f"{self.api}/openid"}

    def named(self, person="p1", room="r1"):
        return f"teams:a:{room}:{person}"

    def activity(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        written = datetime.fromtimestamp(time.time() - age, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.1234567Z")
        activity = {
            "type": "message",
            "id": self.next_id(id),
            "timestamp": written,
            "serviceUrl": f"{self.api}/amer/",
            "text": text,
        }
        activity |= {"channelId": "msteams", "from": {"id": person}, "recipient": {"id": "28:bot", "name": "Ask CLARA"}}
        return {**activity, "conversation": {"id": f"a:{room}", "conversationType": "personal"}, **more}

    def message(self, text, **where):
        return self.content(self.activity(text, **where))

    def picture(self):
        return self.content({**self.activity(""), "attachments": [{"contentType": "image/png"}]})

    def claims(self, **more):
        now = int(time.time())
        claims = {"iss": "https://api.botframework.com", "aud": APP, "nbf": now - 10, "exp": now + 3600}
        return {**claims, "serviceurl": f"{self.api}/amer/", **more}

    def content(self, content, key=OURS, kid="key-1", **claims):
        token = jwt.encode(self.claims(**claims), key, algorithm="RS256", headers={"kid": kid})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return {"data": json.dumps(content).encode(), "headers": headers}

    def forge(self, call):
        token = jwt.encode(self.claims(), THEIRS, algorithm="RS256", headers={"kid": "key-1"})
        return {**call, "headers": {**call["headers"], "Authorization": f"Bearer {token}"}}

    def take(self, request):
        if request.path == "/openid":
            return {"issuer": "https://api.botframework.com", "jwks_uri": f"{self.api}/keys"}
        if request.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
            other = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(THEIRS.public_key()))
            others = [
                {**other, "kid": "skype-1", "endorsements": ["skype"]},
                {"kty": "EC", "kid": "ec-1", "endorsements": ["msteams"]},
            ]
            return {"keys": [{**key, "kid": "key-1", "endorsements": ["msteams", "webchat"]}, *others]}
        if request.path == f"/login/{TENANT}/oauth2/v2.0/token":
            form = {"grant_type": "client_credentials", "client_id": APP, "client_secret": PASSWORD}
            self.expect(request.form == {**form, "scope": "https://api.botframework.com/.default"}, 401)
            self.registered.append("token")
            return {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN}
        self.expect(request.headers.get("authorization") == f"Bearer {TOKEN}", 401)
        self.expect(re.fullmatch(r"/amer/v3/conversations/a:r\d/activities/\d+", request.path), 404)
        told = request.json
        self.expect(told["type"] == "message" and told["textFormat"] == "xml" and told["replyToId"])
        actions = told.get("suggestedActions", {"actions": []})["actions"]
        self.expect(len(actions) <= 6 and all(action["type"] == "imBack" and action["value"] for action in actions))
        text = html.unescape(told["text"].replace("<br/>", "\n"))
        self.shown.append(Shown(text, [action["title"] for action in actions], told))
        return {"id": "1:reply"}
