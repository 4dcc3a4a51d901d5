"""How people reach the assistant: channels of our own, beside those of Rasa."""

WEBSITE = "chat"
CONSOLE = "console"
HEALTH = "health"  # no visitor, but the server asking itself whether it is well: nothing of it is kept

# They receive a reply's metadata and show its sources themselves; other channels get them as a line of text.
CHANNELS_THAT_SHOW_SOURCES = frozenset({WEBSITE, CONSOLE, HEALTH})
