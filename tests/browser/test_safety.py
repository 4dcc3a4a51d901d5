"""On somebody's website: under a strict policy, without a foreign request, and whatever is said stays text."""

import gzip
import re
from contextlib import contextmanager

import pytest
from elsewhere import page_elsewhere
from playwright.sync_api import expect
from standin import serving_with

from benchmarks.server import free_port
from clara.settings import ROOT

ATTACKS = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "<svg onload='window.hacked = 1'>",
    "<a href='javascript:window.hacked = 1'>x</a>",
    "[x](javascript:window.hacked=1)",
    "![x](http://203.0.113.7/x.png)",
    "<style>* { display: none }</style>",
    "<iframe src='http://203.0.113.7/'></iframe>",
    "&lt;b&gt;bold&lt;/b&gt; &amp;",
    "</p></div><h1>x</h1>",
    "{{constructor.constructor('window.hacked=1')()}}",
    "http://203.0.113.7/ **bold** _x_ `code`",
    "\u202ecod.exe",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_said_stays_text(visit, script, attack):
    script.reply = {
        **script.reply,
        "text": attack,
        "sources": [{"text": attack, "paragraph": 1}],
        "suggestions": [attack],
    }
    chat = visit().open()
    reply = chat.say(attack)
    assert attack in reply.locator("p").text_content()
    assert attack in chat.log.locator(".visitor p").text_content()
    assert reply.locator("blockquote").text_content() == attack
    assert chat.offered.first.text_content() == attack
    chat.page.reload()
    chat.replies.nth(1).wait_for()
    markup = "script, img, iframe, style, a, h1, b, strong, code"
    assert chat.panel.locator(markup).count() == 0
    assert chat.page.evaluate("window.hacked") is None
    assert not chat.errors
    assert not chat.foreign


STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src {server}; connect-src {server}; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Referrer-Policy": "no-referrer",
}
PAGE = """<!doctype html><html lang="fr"><title>Un site</title><body><main><h1>Un site</h1></main>
<script type="module" src="{server}/chat/clara.js" data-title="Notre aide" data-colour="#7a1f5c"></script></body></html>"""


@contextmanager
def on_another_website(browser, script, allowed):
    """What the chat shows on another website's page with a strict policy."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    with serving_with(script, allowed_origins=(origin,) if allowed else ()) as client:
        headers = {name: value.format(server=client.address) for name, value in STRICT.items()}
        with page_elsewhere(PAGE.format(server=client.address), headers, port) as site:
            context = browser.new_context(locale="fr-FR")
            page = context.new_page()
            errors, asked = [], []
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            page.goto(site)
            try:
                yield page, errors, asked, client.address, site
            finally:
                context.close()


def test_one_tag_puts_it_on_an_allowed_website_under_a_strict_policy(browser, script):
    with on_another_website(browser, script, allowed=True) as (page, errors, asked, server, site):
        page.locator("clara-chat .launcher").click()
        expect(page.get_by_role("dialog", name="Notre aide")).to_be_visible()
        page.locator("clara-chat .offered button").first.click()
        expect(page.locator("clara-chat .assistant").nth(1)).to_contain_text("CLARA is funded by public authorities.")
        assert [error for error in errors if "favicon" not in error and "404" not in error] == []
        assert all(url.startswith((server, site)) for url in asked)
        colour = page.locator("clara-chat header").evaluate("header => getComputedStyle(header).backgroundColor")
        assert colour == "rgb(122, 31, 92)"
        assert page.context.cookies() == []


def test_chat_is_there_though_its_colour_does_not_come(browser, script):
    with on_another_website(browser, script, allowed=True) as (page, _, _, server, site):
        page.route(f"{server}/chat/paint.js", lambda route: route.abort())
        page.goto(site)
        page.locator("clara-chat .launcher").click()
        expect(page.get_by_role("dialog", name="Notre aide")).to_be_visible()


def test_website_that_is_not_allowed_does_not_get_it(browser, script):
    with on_another_website(browser, script, allowed=False) as (page, errors, *_):
        page.wait_for_timeout(500)
        assert page.locator("clara-chat").count() == 0
        assert any("CORS" in error for error in errors)
        assert not script.heard


HOSTILE = """<style>html { font-size: 62.5% } * { color: red; line-height: 3; font-family: fantasy; text-transform: uppercase }
body > * { position: relative !important; max-width: 100px; display: inline }</style>"""


def test_pages_own_styles_do_not_reach_it(visit_page):
    looks = []
    for style in ("", HOSTILE):
        chat = visit_page(f'<html lang="fr">{style}<body>').open()
        text = chat.replies.first.locator("p").evaluate(
            "p => { const s = getComputedStyle(p); return [s.color, s.lineHeight, s.fontFamily, s.fontSize, s.textTransform] }"
        )
        looks.append((chat.panel.bounding_box(), text))
    assert looks[0] == looks[1]


def test_chat_is_light():
    """What every page loads; what it loads later, where it's needed, is no great matter either."""
    compressed = {file.name: len(gzip.compress(file.read_bytes())) for file in (ROOT / "web").glob("*.js")}
    at_first, found = set(), ["clara.js"]
    while found:
        at_first.add(name := found.pop())
        found += set(re.findall(r'from "\./([\w.]+)"', (ROOT / "web" / name).read_text())) - at_first
    assert set(compressed) - at_first == {"feedback.js", "paint.js"}
    assert sum(compressed[name] for name in at_first) <= 10_000, compressed
    assert max(size for name, size in compressed.items() if name not in at_first) <= 1_500, compressed


def test_chat_depends_on_nothing_else():
    for file in (ROOT / "web").glob("*.js"):
        imported = re.findall(r'from "([^"]+)"', file.read_text())
        assert all((ROOT / "web" / name).exists() for name in imported)


def test_contact_address_is_a_link_and_no_other_is(visit, script):
    contact = "https://example.org/contact"
    script.reply = {**script.reply, "text": f"You can get in touch here: {contact} or https://example.com/", "sources": []}
    with serving_with(script, contact_url=contact) as client:
        chat = visit(address=client.address).open()
        chat.say("How can I reach you?")
        links = chat.log.locator("a")
        expect(links).to_have_count(1)
        assert links.get_attribute("href") == contact
        assert "noopener" in links.get_attribute("rel")


def test_source_links_to_the_page_where_its_address_is_set(visit, script):
    with serving_with(script, page_url="https://example.org/about") as client:
        chat = visit(address=client.address).open()
        reply = chat.say("Who funds CLARA?")
        reply.locator("summary").click()
        link = reply.get_by_role("link", name="Lire la page de présentation (en anglais)")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == "https://example.org/about"
    chat = visit().open()
    assert chat.say("Who funds CLARA?").locator("a").count() == 0
