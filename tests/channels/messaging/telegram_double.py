import html
import json
import re
import time

from aiogram.types import InlineKeyboardMarkup, Update
from double import PUBLIC_URL, Double, Shown

from clara.channels.messaging.telegram import Telegram

TOKEN, SECRET = "123:abc", "a-secret-token-of-ours"


class TelegramDouble(Double):
    signs_body = False
    kind = Telegram
    tested = "updates and keyboards read by `aiogram`; the rest as the Bot API's documentation has it"

    def environment(self):
        return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_SECRET_TOKEN": SECRET, "TELEGRAM_API_URL": self.api}

    def written(self, text, person="p1", room="r1", id=None, age=0.0, **more):
        chat = {"id": room, "type": "private"}
        said = {"text": text} if text else {}
        writer = {"id": person, "is_bot": False, "first_name": "Ada", "language_code": more.pop("language", "en")}
        return {"message_id": int(self.next_id(id)), "from": writer, "chat": chat, "date": int(time.time() - age), **said, **more}

    def message(self, text, **where):
        return self.update(message=self.written(text, **where))

    def picture(self):
        return self.update(message=self.written("", photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]))

    def press(self, shown, button, person="p1", room="r1"):
        (data,) = (one["callback_data"] for row in shown.raw["inline_keyboard"] for one in row if one["text"] == button)
        under = {**self.written("before", room=room), "reply_markup": {"inline_keyboard": shown.raw["inline_keyboard"]}}
        return self.update(callback_query={"id": self.next_id(), "from": {"id": person}, "message": under, "data": data})

    def update(self, **what):
        update = {"update_id": self.number, **what}
        assert Update(**update).update_id == self.number
        return self.content(update)

    def content(self, content):
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
        return {"data": json.dumps(content).encode(), "headers": headers}

    def forge(self, call):
        return {**call, "headers": {**call["headers"], "X-Telegram-Bot-Api-Secret-Token": "another-secret-token"}}

    def take(self, request):
        told = request.json
        if request.path == f"/bot{TOKEN}/setWebhook":
            self.expect(told["url"] == f"{PUBLIC_URL}/webhooks/telegram/webhook" and told["secret_token"] == SECRET)
            self.registered.append(told)
            return {"ok": True, "result": True}
        if request.path == f"/bot{TOKEN}/getMe":
            return {"ok": True, "result": {"id": 7, "is_bot": True, "username": "Ask_Clara_bot"}}
        self.expect(request.path == f"/bot{TOKEN}/sendMessage", 404)
        markup = told.get("reply_markup", {"inline_keyboard": []})
        assert InlineKeyboardMarkup(**markup).inline_keyboard is not None
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        for button in buttons:
            self.expect(1 <= len(button["callback_data"].encode()) <= 64, ok=False, description="BUTTON_DATA_INVALID")
        self.expect(told["parse_mode"] == "HTML" and re.fullmatch(r"([^<>]|</?(i|blockquote)>)*", told["text"]))
        text = html.unescape(re.sub(r"</?(i|blockquote)>", "", told["text"]))
        self.expect(0 < len(text) <= 4096 and told["chat_id"], ok=False, description="message is too long")
        self.shown.append(Shown(text, [button["text"] for button in buttons], {**markup, "told": told}))
        return {"ok": True, "result": {"message_id": 1}}
