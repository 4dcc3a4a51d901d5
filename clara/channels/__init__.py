"""How people reach the assistant: channels of our own, beside those of Rasa."""

WEBSITE = "chat"
CONSOLE = "console"

# They receive a reply's metadata and show its sources themselves; other channels get them as a line of text.
CHANNELS_THAT_SHOW_SOURCES = frozenset({WEBSITE, CONSOLE})
