"""The tables of docs/channels.md are true."""

from matrix import DOCUMENT, filled

from clara.channels.messaging.registry import SERVICES


def test_tables_are_those_of_today():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count("<!-- begin of") == 3
    assert filled(text) == text, "Run: .venv/bin/python tests/channels/messaging/matrix.py"


def test_every_services_conversations_can_be_named_for_deletion():
    text = DOCUMENT.read_text(encoding="utf-8")
    for kind in SERVICES:
        assert f"| {kind.title.split(' (')[0]} | `{':'.join([kind.name, *kind.who])}` |" in text
