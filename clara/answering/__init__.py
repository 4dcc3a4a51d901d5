"""Composing replies: pure functions over the knowledge, without Rasa, without a model, without state."""

from clara.answering.compose import answer, be_courteous, refuse, source_line
from clara.answering.reply import Reply

__all__ = ["Reply", "answer", "be_courteous", "refuse", "source_line"]
