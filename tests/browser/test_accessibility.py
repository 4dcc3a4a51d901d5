"""For everybody: keyboard, screen reader, large type, small screen, dark, forced colours; WCAG 2.2 AA as axe sees it."""

import pytest
from playwright.sync_api import expect
from wcag import violations

SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "zoom 400 %": {"viewport": {"width": 320, "height": 256}},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


async def breaks(message):
    raise RuntimeError("gone")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_no_state_has_a_violation(visit, script, screen):
    chat = visit(**screen)
    assert violations(chat.page) == []
    chat.open()
    assert violations(chat.page) == []
    chat.say("Who funds CLARA?").locator("summary").click()
    assert violations(chat.page) == []
    chat.button("English").click()
    chat.field.fill("a" * 480)
    assert violations(chat.page) == []
    script.fault = breaks
    chat.say("Once more")
    assert violations(chat.page) == []


@pytest.mark.parametrize(
    "colour",
    ["#ffd500", "#0b4f71", "rgb(120, 120, 120)", "hotpink", "not a colour", "rgb(0 0 0 / 10%)", "inherit", "var(--x)", "#fff"],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_any_colour(visit_page, colour, scheme):
    html = '<html lang="fr"><title>x</title><body><main><h1>x</h1></main>'
    chat = visit_page(html, f'data-colour="{colour}"', color_scheme=scheme)
    chat.open().say("Who funds CLARA?")
    assert violations(chat.page) == []


def test_everything_can_be_done_with_the_keyboard(visit, script):
    chat = visit()
    press = chat.page.keyboard.press
    chat.page.locator("a").first.focus()
    press("Tab")
    expect(chat.launcher).to_be_focused()
    press("Enter")
    expect(chat.field).to_be_focused()
    chat.replies.first.wait_for()
    chat.page.keyboard.type("Who funds CLARA?")
    press("Enter")
    chat.replies.nth(1).wait_for()
    expect(chat.field).to_be_focused()
    press("Shift+Tab")  # the last suggestion
    expect(chat.offered.last).to_be_focused()
    press("Shift+Tab")
    press("Shift+Tab")  # whether it helped: no
    expect(chat.log.get_by_role("button", name="Non")).to_be_focused()
    press("Shift+Tab")
    press("Shift+Tab")
    expect(chat.log.locator("summary")).to_be_focused()
    press("Space")
    expect(chat.log.locator("blockquote")).to_be_visible()
    press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_replies_are_announced_once(visit):
    chat = visit().open()
    log = chat.panel.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.say("Who funds CLARA?")
    chat.page.reload()
    chat.replies.nth(1).wait_for()
    expect(log).to_have_attribute("aria-live", "polite")
    shown_anew = "chat => { chat.showAll(); return chat.log.getAttribute('aria-live') }"
    assert chat.page.locator("clara-chat").evaluate(shown_anew) == "off"
    expect(log).to_have_attribute("aria-live", "polite")


def test_parts_are_named(visit):
    chat = visit().open()
    assert chat.panel.get_attribute("role") == "dialog"
    expect(chat.page.get_by_role("dialog", name="Ask CLARA")).to_be_visible()
    expect(chat.panel.get_by_role("log", name="Conversation")).to_be_visible()
    expect(chat.panel.get_by_role("textbox", name="Votre question")).to_be_visible()
    for name in ("Nouvelle conversation", "Fermer", "Envoyer", "English"):
        expect(chat.button(name)).to_be_visible()


def test_targets_are_large_enough(visit):
    chat = visit(viewport={"width": 320, "height": 640}).open()
    chat.say("Who funds CLARA?").locator("summary").click()
    for target in chat.panel.locator("button, summary, textarea, a").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24, target.inner_text()


@pytest.mark.parametrize("size", [(320, 640), (320, 256), (1280, 300)])
def test_nothing_is_wider_than_the_screen(visit, script, size):
    script.reply = {**script.reply, "text": "x" * 300 + " https://example.org/" + "y" * 200}
    chat = visit(viewport={"width": size[0], "height": size[1]}).open()
    chat.say("w" * 200)
    assert chat.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = chat.button("Envoyer").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


def test_movement_is_off_for_who_wants_none(visit):
    chat = visit(reduced_motion="reduce").open()
    assert chat.replies.first.evaluate("element => getComputedStyle(element).animationName") == "none"
