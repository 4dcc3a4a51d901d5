"""What is particular to Telegram."""

import pytest
from doubles import talking
from telegram_double import TelegramDouble

GROUP = {"id": "r1", "type": "supergroup"}


@pytest.fixture
def telegram(assistant):
    with talking(TelegramDouble, assistant) as service:
        yield service


def test_address_and_secret_are_told_at_the_start(telegram):
    telegram.say("hello")
    assert telegram.registered[0]["allowed_updates"] == ["message", "callback_query"]


def test_start_of_the_server_does_not_wait_for_it(assistant, caplog):
    class Broken(TelegramDouble):
        def take(self, request):
            self.expect("setWebhook" not in request.path)
            return super().take(request)

    with talking(Broken, assistant) as service:
        assert service.say("hello").text == "You said: hello"
    assert "Telegram couldn't be told where to call (status 400)" in caplog.text


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
