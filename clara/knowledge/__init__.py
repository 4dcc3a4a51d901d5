"""What the assistant knows: the page, the topics, the organisations, and every word it says."""

from clara.knowledge.loader import load_knowledge, problems_of, state_of
from clara.knowledge.model import LANGUAGES, Courtesy, Knowledge, Organisation, Phrases, Refusal, Topic, Words
from clara.knowledge.page import Page, Passage

__all__ = [
    "LANGUAGES",
    "Courtesy",
    "Knowledge",
    "Organisation",
    "Page",
    "Passage",
    "Phrases",
    "Refusal",
    "Topic",
    "Words",
    "load_knowledge",
    "problems_of",
    "state_of",
]
