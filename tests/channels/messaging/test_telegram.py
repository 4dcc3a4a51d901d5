"""What is particular to Telegram."""

import time

import pytest
from double import Refused
from doubles import talking
from telegram_double import TelegramDouble

from clara.channels.messaging import channel as channel_module

GROUP = {"id": "r1", "type": "supergroup"}


@pytest.fixture
def telegram(assistant):
    with talking(TelegramDouble, assistant) as service:
        yield service


def test_address_and_secret_are_told_at_the_start(telegram):
    telegram.say("hello")
    assert telegram.registered[0]["allowed_updates"] == ["message", "callback_query"]


def test_start_of_the_server_does_not_wait_and_it_is_told_again(assistant, caplog, monkeypatch):
    class Broken(TelegramDouble):
        refusals = 1

        def take(self, request):
            if "setWebhook" in request.path and self.refusals:
                self.refusals -= 1
                raise Refused(400, {"ok": False, "description": "Bad Request: an HTTPS URL must be provided"})
            return super().take(request)

    monkeypatch.setattr(channel_module, "REGISTER_PAUSES", (0.05,))
    with talking(Broken, assistant) as service:
        assert service.say("hello").text == "You said: hello"
        while not service.registered:
            time.sleep(0.01)
    assert "Telegram couldn't be told where to call (status 400 Bad Request: an HTTPS URL must be provided)" in caplog.text


@pytest.mark.parametrize(("language", "first"), [("fr", "Bonjour"), ("en-GB", "Hello"), ("de", "Hello")])
def test_start_command_brings_the_opening(telegram, assistant, language, first):
    shown_ = telegram.written("/start from_a_link", language=language)
    telegram.deliver(telegram.update(message=shown_))
    shown = telegram.wait(1)[0]
    assert shown.text.startswith(first)
    assert shown.buttons
    assert not assistant.heard


def test_language_of_the_app_is_a_hint(telegram, assistant):
    telegram.deliver(telegram.update(message=telegram.written("LabEx ?", language="fr")))
    assert assistant.heard[0].metadata == {"language": "fr"}


@pytest.mark.parametrize(
    ("text", "more", "heard"),
    [
        ("/ask@ask_clara_bot who funds CLARA?", {}, "who funds CLARA?"),
        ("@ask_clara_bot who funds CLARA?", {}, "who funds CLARA?"),
        ("who funds CLARA?", {"reply_to_message": {"message_id": 1, "from": {"id": 7, "is_bot": True, "first_name": "x"}}}, None),
        ("who funds CLARA, @ASK_clara_bot?", {}, "who funds CLARA,  ?"),
        ("/help", {}, "help"),
    ],
)
def test_group_is_answered_where_it_asks(telegram, assistant, text, more, heard):
    telegram.deliver(telegram.update(message=telegram.written(text, chat=GROUP, **more)))
    assert assistant.heard[0].text == (heard or text)


@pytest.mark.parametrize(
    "update",
    [
        lambda telegram: {"message": telegram.written("who funds CLARA?", chat=GROUP)},
        lambda telegram: {"message": telegram.written("/weather@weather_bot Paris", chat=GROUP)},
        lambda telegram: {"message": telegram.written("@other_bot hi", chat=GROUP)},
        lambda telegram: {"message": telegram.written("@ask_clara_bots hi", chat=GROUP)},
        lambda telegram: {"message": telegram.written("hi", chat=GROUP, reply_to_message={"message_id": 1, "from": {"id": 8}})},
        lambda telegram: {"message": telegram.written("", pinned_message={"message_id": 1})},
        lambda telegram: {"message": telegram.written("", new_chat_members=[{"id": 9, "is_bot": False, "first_name": "x"}])},
        lambda telegram: {"edited_message": telegram.written("who funds CLARA?")},
        lambda telegram: {"channel_post": telegram.written("who funds CLARA?")},
        lambda telegram: {"message": telegram.written("hello", **{"from": {"id": 7, "is_bot": True, "first_name": "x"}})},
        lambda telegram: {},
    ],
)
def test_what_is_not_said_to_it_is_left_alone(telegram, assistant, update):
    assert telegram.deliver(telegram.update(**update(telegram))).status_code == 200
    assert not assistant.heard
    assert not telegram.shown


def test_pressed_button_is_released(telegram, assistant):
    assistant.suggestions = ["Who funds CLARA?"]
    shown = telegram.say("hello")
    response = telegram.deliver(telegram.press(shown, "Who funds CLARA?")).json()
    assert response["method"] == "answerCallbackQuery"
    assert response["callback_query_id"]


def test_caption_is_a_message(telegram, assistant):
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    telegram.deliver(telegram.update(message=telegram.written("", photo=photo, caption="Who funds CLARA?")))
    assert assistant.heard[0].text == "Who funds CLARA?"


def test_button_under_a_message_that_is_gone_asks_its_question(telegram, assistant):
    assistant.suggestions = ["Who funds CLARA?", "When was it launched?"]
    telegram.say("hello")
    gone = {"message_id": 1, "chat": {"id": "r1", "type": "private"}, "date": 0}
    pressed = {"id": "99", "from": {"id": "p1"}, "message": gone, "data": "2"}
    telegram.deliver(telegram.update(callback_query=pressed))
    assert assistant.heard[1].text == "When was it launched?"


def test_in_a_group_it_is_seen_what_is_answered(telegram):
    message = telegram.written("/ask who funds CLARA?", chat=GROUP)
    telegram.deliver(telegram.update(message=message))
    assert telegram.wait(1)[0].raw["told"]["reply_parameters"]["message_id"] == message["message_id"]
    assert "reply_parameters" not in telegram.say("hello").raw["told"]
