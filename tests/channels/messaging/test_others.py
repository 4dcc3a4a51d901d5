"""What is particular to Mattermost, Twilio, Rocket.Chat and Webex."""

import time
from functools import partial
from urllib.parse import urlencode

import pytest
from double import PUBLIC_URL
from doubles import talking
from mattermost_double import WEBHOOK, MattermostDouble
from rocketchat_double import USER, RocketChatDouble
from standin import serving_with
from twilio_double import TwilioDouble
from webex_double import WebexDouble


@pytest.fixture
def open_(assistant):
    return partial(talking, assistant=assistant)


def test_mattermost_keeps_to_the_thread(open_):
    with open_(MattermostDouble) as mattermost:
        assert mattermost.say("hello", id="1").raw["root"] == "post1"
        mattermost.roots["post2"] = "post1"
        assert mattermost.say("hello again", id="2").raw["root"] == "post1"


@pytest.mark.parametrize("sign", ["from_bot", "from_webhook"])
def test_mattermost_leaves_machines_alone(open_, assistant, sign):
    with open_(MattermostDouble) as mattermost:
        mattermost.props["post1"] = {sign: "true"}
        assert mattermost.deliver(mattermost.message("hello", id="1")).status_code == 200
        assert not assistant.heard


def test_mattermost_post_that_cannot_be_looked_up_is_answered(open_):
    with open_(MattermostDouble) as mattermost:
        mattermost.troubles = [404]
        assert mattermost.say("hello", id="1").raw["root"] == "post1"


def test_mattermost_form_has_its_time_in_seconds(open_, assistant):
    with open_(MattermostDouble) as mattermost:
        told = {"token": WEBHOOK, "channel_id": "r1", "user_id": "p1", "post_id": "1", "text": "hello"}
        body = urlencode({**told, "timestamp": str(int(time.time()) - 7200)}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert mattermost.deliver({"data": body, "headers": kind}).status_code == 403


def test_mattermost_calls_as_a_form_too(open_, assistant):
    with open_(MattermostDouble) as mattermost:
        told = {"token": "another-token", "channel_id": "r1", "user_id": "p1", "post_id": "1", "text": "@clara: who funds CLARA?"}
        body = urlencode({**told, "trigger_word": "@clara", "timestamp": ""}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert mattermost.deliver({"data": body, "headers": kind}).status_code == 200
        assert assistant.heard[0].text == "who funds CLARA?"


def test_mattermost_button_counts_in_its_channel_only(open_, assistant):
    assistant.suggestions = ["Who funds CLARA?"]
    with open_(MattermostDouble) as mattermost:
        shown = mattermost.say("hello")
        assert mattermost.deliver(mattermost.press(shown, "Who funds CLARA?", room="r2")).status_code == 401
        forged = mattermost.bare({"token": WEBHOOK, "context": {}, "channel_id": "r1", "user_id": "p1", "trigger_id": "t1"})
        assert mattermost.deliver(forged).status_code == 401
        assert len(assistant.heard) == 1


def test_twilio_answers_from_the_number_that_was_written_to(open_):
    with open_(TwilioDouble) as twilio:
        sent = twilio.say("hello", person="+33600000000", room="+33700000000").raw
        assert (sent["To"], sent["From"]) == ("whatsapp:+33600000000", "whatsapp:+33700000000")


@pytest.mark.parametrize("more", [{"Body": "STOP"}, {"Body": " help "}, {"Body": "Arret", "OptOutType": "STOP"}])
def test_twilio_s_own_words_are_left_to_it(open_, assistant, more):
    with open_(TwilioDouble) as twilio:
        assert twilio.deliver(twilio.message("", **{"From": "+33600000000", **more})).status_code == 200
        assert not assistant.heard
        assert not twilio.shown


def test_help_by_whatsapp_is_a_question(open_, assistant):
    with open_(TwilioDouble) as twilio:
        twilio.say("help")
        assert assistant.heard[0].text == "help"


def test_twilio_wants_xml_back(open_):
    with open_(TwilioDouble) as twilio:
        response = twilio.deliver(twilio.message("hello"))
        assert response.headers["Content-Type"].startswith("text/xml")
        assert response.text == "<Response/>"


@pytest.mark.parametrize("more", [{"bot": {"i": "x"}}, {"bot": True}, {"user_id": USER}, {"isEdited": True}, {"message_id": ""}])
def test_rocketchat_leaves_bots_and_edits_alone(open_, assistant, more):
    with open_(RocketChatDouble) as rocketchat:
        assert rocketchat.deliver(rocketchat.message("hello", **more)).status_code == 200
        assert not assistant.heard


def test_rocketchat_keeps_to_the_thread_and_takes_the_trigger_word_away(open_, assistant):
    with open_(RocketChatDouble) as rocketchat:
        rocketchat.deliver(rocketchat.message("clara, who funds you?", trigger_word="clara", tmid="t1"))
        assert rocketchat.wait(1)[0].raw["tmid"] == "t1"
        assert assistant.heard[0].text == "who funds you?"


def test_webex_leaves_its_own_messages_alone(open_, assistant):
    with open_(WebexDouble) as webex:
        assert webex.deliver(webex.message("hello", person="bot")).status_code == 200
        assert not assistant.heard


@pytest.mark.parametrize(
    ("text", "name", "heard"),
    [
        ("Ask CLARA who funds you?", "Ask CLARA", "who funds you?"),
        ("Ask who funds you?", "Ask", "who funds you?"),
        ("who funds you, Ask CLARA?", "Ask CLARA", "who funds you,  ?"),
    ],
)
def test_webex_group_is_answered_in_a_thread_without_the_mention(open_, assistant, text, name, heard):
    with open_(WebexDouble) as webex:
        html = f'<p><spark-mention data-object-type="person" data-object-id="bot">{name}</spark-mention> …</p>'
        webex.deliver(webex.message(text, roomType="group", id="1", html=html))
        assert webex.wait(1)[0].raw["parentId"] == "m1"
        assert assistant.heard[0].text == heard


def test_webex_leaves_other_bots_alone(open_, assistant):
    with open_(WebexDouble) as webex:
        assert webex.deliver(webex.message("hello", personEmail="weather@webex.bot")).status_code == 200
        assert not assistant.heard


def test_webex_webhook_is_made_once_and_then_kept_right(assistant):
    with WebexDouble().open() as webex:
        for _ in range(2):
            with serving_with(assistant, public_url=PUBLIC_URL, messaging=webex.environment()) as client:
                webex.server = client.address
                webex.say("hello")
        assert [(method, path) for method, path, _ in webex.registered] == [("POST", "webhooks"), ("PUT", "webhooks/ours")]
