"""What is particular to Slack."""

import pytest
from doubles import talking
from slack_double import SlackDouble


@pytest.fixture
def slack(assistant):
    with talking(SlackDouble, assistant) as service:
        yield service


def test_challenge_comes_back(slack, assistant):
    response = slack.deliver(slack.content({"type": "url_verification", "challenge": "3eZbrw"}))
    assert response.json() == {"challenge": "3eZbrw"}
    assert not assistant.heard


def test_challenge_of_a_stranger_is_refused(slack):
    assert slack.deliver(slack.forge(slack.content({"type": "url_verification", "challenge": "3eZbrw"}))).status_code == 401


def test_mention_in_a_channel_is_answered_in_a_thread_below(slack, assistant):
    slack.deliver(
        slack.message("", escaped="<@U0BOT|clara> who funds CLARA?", type="app_mention", channel_type="channel", ts="5.1")
    )
    assert assistant.heard[0].text == "who funds CLARA?"
    assert slack.wait(1)[0].raw["thread"] == "5.1"


def test_direct_message_is_answered_beside_it(slack):
    assert slack.say("hello").raw["thread"] is None


def test_thread_is_kept_to(slack):
    slack.deliver(slack.message("hello", thread_ts="4.1"))
    assert slack.wait(1)[0].raw["thread"] == "4.1"


@pytest.mark.parametrize(
    "event",
    [
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"type": "reaction_added", "channel_type": None},
    ],
)
def test_what_is_not_said_to_it_is_left_alone(slack, assistant, event):
    assert slack.deliver(slack.message("hello", **event)).status_code == 200
    assert not assistant.heard


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_new_messages_of_every_kind_are_answered(slack, assistant, subtype):
    slack.deliver(slack.message("hello", subtype=subtype))
    assert assistant.heard[0].text == "hello"


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("what is <https://example.org|example.org>?", "what is example.org?"),
        ("see <https://example.org>", "see https://example.org"),
        ("ask <#C1|general> &amp; others", "ask general & others"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_slack_s_signs_are_read(slack, assistant, written, heard):
    slack.deliver(slack.message("", escaped=written))
    assert assistant.heard[0].text == heard


def test_form_without_a_payload_is_unreadable(slack):
    for body in ("payload=7", "other=1", "payload=", ""):
        assert slack.deliver(slack.signed(body, "application/x-www-form-urlencoded")).status_code == 400


def test_buttons_of_other_apps_are_left_alone(slack, assistant):
    assistant.suggestions = ["Who funds CLARA?"]
    shown = slack.say("hello")
    shown.raw["elements"][0]["action_id"] = "theirs"
    assert slack.deliver(slack.press(shown, "Who funds CLARA?")).status_code == 200
    assert len(assistant.heard) == 1


def test_refusal_within_a_success_is_noticed(slack, caplog, monkeypatch):
    monkeypatch.setattr(slack, "take", lambda request: {"ok": False, "error": "channel_not_found"})
    slack.deliver(slack.message("hello"))
    assert "Slack: a reply couldn't be delivered (channel_not_found)" in caplog.text


def test_button_in_an_organisation_s_app_goes_on_with_the_conversation(slack, assistant):
    assistant.suggestions = ["Who funds CLARA?"]
    press = slack.press(slack.say("hello"), "Who funds CLARA?", org_wide=True)
    slack.deliver(press)
    first, second = assistant.heard
    assert first.sender_id == second.sender_id


def test_long_question_is_cut_on_its_button_only(slack, assistant):
    assistant.suggestions = [f"Who {'really ' * 20}funds CLARA?"]
    shown = slack.say("hello")
    assert len(shown.buttons[0]) == 75
    slack.deliver(slack.press(shown, shown.buttons[0]))
    assert assistant.heard[1].text == assistant.suggestions[0]
