"""Composing replies: pure functions over the knowledge, without Rasa, without a model, without state."""

from clara.answering.compose import answer, ask_back, be_courteous, next_topic, refuse, reply_to, source_line
from clara.answering.reply import Reply

__all__ = ["Reply", "answer", "ask_back", "be_courteous", "next_topic", "refuse", "reply_to", "source_line"]
