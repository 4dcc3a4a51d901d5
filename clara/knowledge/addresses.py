"""The two web addresses that the page doesn't hold, and that the operator may set: the page's own, and where to reach CLARA."""

from dataclasses import replace

from clara.knowledge.model import LANGUAGES, Knowledge, Words


def with_addresses(knowledge: Knowledge, page_url: str, contact_url: str) -> Knowledge:
    """The same knowledge, whose source lines name the page's address, and whose refusals about contact say where to write.

    Args:
        knowledge: as it was read.
        page_url: where it is empty, source lines stay as they are.
        contact_url: where it is empty, refusals stay as they are.
    """
    phrases, refusals = knowledge.phrases, knowledge.refusals
    if page_url:
        phrases = replace(phrases, source_line=_longer(phrases.source_line, Words(en=page_url, fr=page_url)))
    if contact_url:
        contact = Words(**{language: phrases.contact[language].format(address=contact_url) for language in LANGUAGES})
        refusals = {
            id: replace(refusal, text=_longer(refusal.text, contact)) if refusal.contact else refusal
            for id, refusal in refusals.items()
        }
    return replace(knowledge, phrases=phrases, refusals=refusals)


def _longer(words: Words, end: Words) -> Words:
    return Words(**{language: f"{words[language]} {end[language]}" for language in LANGUAGES})
