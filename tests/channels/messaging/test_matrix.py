"""The tables of docs/channels.md are true."""

from matrix import DOCUMENT, filled


def test_tables_are_those_of_today():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count("<!-- begin of") == 3
    assert filled(text) == text, "Run: .venv/bin/python tests/channels/messaging/matrix.py"
