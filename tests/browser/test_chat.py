"""The chat as a visitor meets it: asking, reading, choosing, going on."""

import asyncio

import pytest
from onpage import Chat
from playwright.sync_api import expect


def test_opening_says_that_it_is_a_machine_and_offers_questions(visit):
    chat = visit().open()
    expect(chat.replies).to_contain_text("Je suis Ask CLARA, une machine")
    expect(chat.replies).to_contain_text("Merci de ne rien indiquer sur votre santé")
    assert 1 <= chat.offered.count() <= 3


def test_question_gets_its_reply_and_where_it_stands(visit, script):
    chat = visit().open()
    reply = chat.say("Who funds CLARA?")
    expect(reply).to_contain_text("CLARA is funded by public authorities.")
    assert reply.get_attribute("lang") == "en"
    passage = reply.locator("blockquote")
    expect(passage).to_be_hidden()
    reply.locator("summary").click()
    expect(passage).to_have_text("launched and funded by public authorities")
    assert passage.get_attribute("lang") == "en"
    expect(reply.locator("details")).to_contain_text("Passage d’origine en anglais")
    assert [message.text for message in script.heard] == ["Who funds CLARA?"]
    assert script.heard[0].metadata == {"language": "fr"}
    assert not chat.errors
    assert not chat.foreign


def test_reply_without_sources_shows_none(visit, script):
    script.reply = {**script.reply, "sources": [], "suggestions": []}
    chat = visit().open()
    assert chat.say("Bonjour").locator("details").count() == 0
    assert chat.offered.count() == 0


def test_button_asks_its_question(visit, script):
    chat = visit().open()
    chat.say("Who funds CLARA?")
    chat.offered.first.click()
    expect(chat.replies).to_have_count(3)
    assert script.heard[-1].text == "Since when does CLARA exist?"
    assert script.heard[0].sender_id == script.heard[1].sender_id
    expect(chat.field).to_be_focused()


def test_interface_changes_its_language_and_keeps_the_conversation(visit, script):
    chat = visit().open()
    chat.say("Who funds CLARA?")
    chat.button("English").click()
    expect(chat.replies.first).to_contain_text("I’m Ask CLARA, a machine")
    expect(chat.panel.get_by_label("Your question")).to_be_visible()
    expect(chat.log).to_contain_text("Who funds CLARA?")
    chat.say("And since when?")
    assert script.heard[-1].metadata == {"language": "en"}
    chat.page.reload()
    expect(chat.panel.get_by_label("Your question")).to_be_visible()


@pytest.mark.parametrize(
    ("html", "locale", "label"),
    [
        ('<html lang="en-GB">', "fr-FR", "Your question"),
        ('<html lang="de">', "fr-FR", "Votre question"),
        ("<html>", "de-DE", "Your question"),
    ],
)
def test_language_is_the_pages_or_else_the_browsers(visit_page, html, locale, label):
    chat = visit_page(f"{html}<body>", locale=locale)
    expect(chat.open().panel.get_by_label(label)).to_be_visible()


def test_what_was_said_is_still_there_after_a_reload(visit, script):
    chat = visit().open()
    chat.say("Who funds CLARA?")
    chat.page.reload()
    expect(chat.log).to_contain_text("CLARA is funded by public authorities.")
    chat.say("And since when?")
    assert script.heard[0].sender_id == script.heard[1].sender_id
    assert chat.page.context.cookies() == []


def test_another_tab_is_another_conversation(visit, script):
    chat = visit().open()
    chat.say("Who funds CLARA?")
    other = Chat(chat.page.context.new_page(), chat.page.url).open()
    expect(other.log).not_to_contain_text("Who funds CLARA?")


def test_new_conversation_begins_anew(visit, script):
    chat = visit().open()
    chat.say("Who funds CLARA?")
    chat.button("Nouvelle conversation").click()
    expect(chat.log).not_to_contain_text("Who funds CLARA?")
    chat.say("And since when?")
    assert script.heard[0].sender_id != script.heard[1].sender_id


async def breaks(message):
    raise RuntimeError("gone")


def test_error_says_so_and_the_question_can_be_sent_again(visit, script):
    chat = visit().open()
    script.fault = breaks
    expect(chat.say("Who funds CLARA?")).to_contain_text("un problème technique est survenu")
    script.fault = None
    expect(chat.retry).to_be_enabled(timeout=10_000)
    chat.retry.click()
    expect(chat.replies.last).to_contain_text("CLARA is funded by public authorities.")
    expect(chat.log).not_to_contain_text("un problème technique est survenu")
    assert chat.log.locator(".visitor").count() == 1
    assert script.heard[0].sender_id == script.heard[1].sender_id


def test_lost_connection_says_so_and_the_question_can_be_sent_again(visit):
    chat = visit().open()
    chat.page.context.set_offline(True)
    expect(chat.say("Who funds CLARA?")).to_contain_text("vérifier votre connexion internet")
    chat.page.context.set_offline(False)
    chat.retry.click()
    expect(chat.replies.last).to_contain_text("CLARA is funded by public authorities.")


def test_conversation_that_is_over_can_be_begun_anew(visit, script):
    chat = visit().open()
    chat.page.evaluate("sessionStorage.setItem('ask-clara', JSON.stringify({session: 'old', open: true}))")
    chat.page.reload()
    chat.replies.first.wait_for()
    expect(chat.say("Who funds CLARA?")).to_contain_text("Cette conversation est terminée")
    chat.retry.click()
    expect(chat.replies.last).to_contain_text("CLARA is funded by public authorities.")


@pytest.mark.parametrize(
    "entry", ["{not json", "5", "null", '{"language": "de", "entries": 5, "session": {}}', '{"entries": [null, {}, {"text": 5}]}']
)
def test_other_scripts_entry_in_the_storage_does_no_harm(visit, entry):
    chat = visit()
    chat.page.evaluate("entry => sessionStorage.setItem('ask-clara', entry)", entry)
    chat.page.reload()
    chat.open().say("Who funds CLARA?")
    assert not chat.errors


def test_long_question_is_cut_and_the_visitor_is_told(visit):
    chat = visit().open()
    chat.field.press_sequentially("a" * 5)
    chat.field.fill("a" * 450)
    chat.field.press("a")
    expect(chat.panel).to_contain_text("49 caractères restants")
    assert chat.field.get_attribute("maxlength") == "500"


def test_empty_question_is_not_sent(visit, script):
    chat = visit().open()
    chat.field.fill("  \n ")
    chat.button("Envoyer").click()
    chat.page.wait_for_timeout(200)
    assert not script.heard


def test_line_break_is_written_with_shift(visit, script):
    chat = visit().open()
    chat.field.press_sequentially("Who")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("funds?")
    chat.field.press("Enter")
    chat.replies.nth(1).wait_for()
    assert script.heard[0].text == "Who\nfunds?"


def thinks(script):
    """The script's reply, after a second."""

    async def say(message):
        await asyncio.sleep(1)
        await script.say(message)

    return say


def test_waiting_is_shown_and_nothing_is_sent_twice(visit, script):
    chat = visit().open()
    script.fault = thinks(script)
    chat.ask("Who funds CLARA?")
    expect(chat.panel.get_by_role("status")).to_have_text("Je prépare ma réponse…")
    chat.ask("Again?")
    expect(chat.panel.get_by_role("status")).to_have_text("Je prépare ma réponse…")
    chat.replies.nth(1).wait_for()
    expect(chat.panel.get_by_role("status")).to_be_empty()
    assert [message.text for message in script.heard] == ["Who funds CLARA?"]
    assert chat.field.input_value() == "Again?"


def test_new_conversation_forgets_the_reply_that_is_on_its_way(visit, script):
    chat = visit().open()
    script.fault = thinks(script)
    chat.ask("Who funds CLARA?")
    expect(chat.panel.get_by_role("status")).to_have_text("Je prépare ma réponse…")
    chat.button("Nouvelle conversation").click()
    expect(chat.panel.get_by_role("status")).to_be_empty()
    chat.page.wait_for_timeout(1500)
    assert chat.replies.count() == 1
    script.fault = None
    chat.say("And since when?")
    assert script.heard[0].sender_id != script.heard[-1].sender_id
    assert not chat.errors


def test_question_without_a_reply_can_be_sent_again_after_a_reload(visit, script):
    chat = visit().open()
    script.fault = breaks
    chat.say("Who funds CLARA?")
    script.fault = None
    chat.page.reload()
    expect(chat.log).to_contain_text("un problème technique est survenu")
    chat.button("English").click()
    chat.retry.click()
    expect(chat.replies.last).to_contain_text("CLARA is funded by public authorities.")
    assert chat.log.locator(".visitor").count() == 1
    expect(chat.retry).to_have_count(0)


def test_question_that_cannot_be_taken_is_put_back(visit, serving_shorter):
    chat = visit(address=serving_shorter)
    chat.page.route("**/chat/about", lambda route: route.abort())
    chat.launcher.click()
    expect(chat.say("w" * 60)).to_contain_text("Votre message est trop long")
    expect(chat.retry).to_have_count(0)
    assert chat.field.input_value() == "w" * 60


def test_pages_own_shortcuts_rest_while_somebody_types(visit):
    chat = visit().open()
    chat.page.evaluate("window.pressed = 0; document.addEventListener('keydown', () => window.pressed++)")
    chat.field.press_sequentially("s/")
    assert chat.page.evaluate("window.pressed") == 0


def test_page_that_the_browser_brings_back_shows_what_was_said_since(visit, server):
    chat = visit().open()
    kept = '{"open": true, "entries": [{"text": "Asked elsewhere"}, {"reply": {"text": "Told elsewhere", "language": "en"}}]}'
    chat.page.evaluate("kept => sessionStorage.setItem('ask-clara', kept)", kept)
    chat.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(chat.log).to_contain_text("Told elsewhere")
