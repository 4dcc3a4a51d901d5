"""Whether an answer was of use: asked under answers only, told to the server, and never asked twice."""

import json

import pytest
from playwright.sync_api import expect


@pytest.fixture
def rated(visit):
    """A visitor's chat, and what it tells the server of answers."""
    chat, told = visit().open(), []

    def take(route):
        told.append(json.loads(route.request.post_data))
        route.fulfill(status=204)

    chat.page.route("**/chat/feedback", take)
    return chat, told


def question(reply):
    return reply.locator(".feedback")


def test_helpful_answer(rated, script):
    chat, told = rated
    reply = chat.say("Qui finance le CLARA ?")
    expect(question(reply)).to_contain_text("Cette réponse est-elle utile\u00a0?")
    reply.get_by_role("button", name="Oui").click()
    expect(question(reply)).to_have_text("Merci pour votre avis.")
    (said,) = told
    assert (said["helpful"], said["id"], "reason" in said) == (True, script.heard[0].message_id, False)
    assert said["session"]
    assert not chat.errors


def test_unhelpful_answer_and_why_with_the_keyboard(rated):
    chat, told = rated
    reply = chat.say("Qui finance le CLARA ?")
    reply.get_by_role("button", name="Non").press("Enter")
    first = reply.get_by_role("button", name="Ce n’est pas ce que je demandais")
    expect(first).to_be_focused()
    reply.get_by_role("button", name="Il manque quelque chose").press("Enter")
    expect(question(reply)).to_have_text("Merci pour votre avis.")
    expect(question(reply)).to_be_focused()
    assert [(said["helpful"], said.get("reason")) for said in told] == [(False, None), (False, "incomplete")]


@pytest.mark.parametrize("kind", ["not_on_page", "off_topic", "medical", "crisis", "unclear", "courtesy", "did_you_mean"])
def test_nothing_but_an_answer_is_asked_about(rated, script, kind):
    chat, _ = rated
    script.reply = {**script.reply, "kind": kind}
    reply = chat.say("Bonjour")
    chat.page.wait_for_timeout(300)
    expect(question(reply)).to_have_count(0)


def test_apology_is_not_asked_about(rated, script):
    chat, _ = rated
    script.fault = script.slowly(0)
    script.reply = {**script.reply, "text": ""}
    chat.ask("Qui finance le CLARA ?")
    chat.retry.wait_for()
    expect(chat.log.locator(".feedback")).to_have_count(0)


def test_only_the_last_answer_is_asked_about_and_none_twice(rated):
    chat, _ = rated
    chat.say("Qui finance le CLARA ?")
    reply = chat.say("Depuis quand ?")
    expect(question(reply)).to_have_count(1)
    expect(chat.log.locator(".feedback")).to_have_count(1)
    reply.get_by_role("button", name="Oui").click()
    expect(question(reply)).to_have_text("Merci pour votre avis.")
    chat.page.reload()
    chat.replies.nth(2).wait_for()
    chat.page.wait_for_timeout(300)
    expect(chat.log.locator(".feedback")).to_have_count(0)


def test_what_cannot_be_saved_is_said(visit):
    """The assistant behind this one keeps its conversations where no feedback is kept."""
    chat = visit().open()
    chat.button("English").click()
    reply = chat.say("Who funds CLARA?")
    reply.get_by_role("button", name="Yes").click()
    expect(question(reply)).to_have_text("I’m sorry, your feedback couldn’t be saved.")
