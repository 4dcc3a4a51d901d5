"""Takes out of visitors' words what would tell who they are."""

import re

PARTICLE = r"(?:de la|de|du|des|d['’]|le|la|van der|van|von|el|al|bin)"
NO_NAME = (  # words that end a name, or aren't one
    r"(?:and|but|or|on|back|if|when|i|i['’]m|from|at|for|who|what|is|not|"
    r"et|mais|ou|je|j['’]ai|de|à|chez|mon|ma|my|pour|il|elle|qui|que|est|pas)"
)
OURS = r"(?:ask clara|clara|canc[eé]rop[oô]le|labex|siric|inca)"
LETTERS = r"[^\W\d_][\w'’.-]*"
NAME = rf"(?:{PARTICLE}\s*)?(?!{NO_NAME}\b){LETTERS}(?:\s+(?:{PARTICLE}\s*)?(?!{NO_NAME}\b){LETTERS}){{0,2}}"
CAPITALISED = rf"[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s+(?:{PARTICLE}\s*)?[A-ZÀ-ÖØ-Þ][\w'’-]+){{0,2}}"

SAYS_NAME = (  # what follows is a name, written large or small
    r"(?:my (?:full |first |last |sur)?names?(?: is|['’]s|:)|(?:the )?name['’]s|i am called|i['’]m called|call me|"
    r"signed,?|(?:best|kind|warm) regards,?|yours sincerely,?|"
    r"je m['’ ]?appell?e|jm['’]?appel(?:le)?|moi c['’]est|on m['’]appelle|"
    r"mon (?:nom|pr[ée]nom) (?:est|c['’]est)|(?:mon )?(?:nom|pr[ée]nom) ?:|"
    r"signé,? ?:?|cordialement,?|bien à vous,?|salutations,?)"
)
SAYS_WHO = r"(?:i am|i['’]m|this is|je suis|ici|c['’]est)"  # what follows is a name where it has a capital letter
TITLE = (
    r"(?:mr|mrs|ms|miss|dr|prof|professor|doctor|"
    r"mme|mlle|m|pr|monsieur|madame|mademoiselle|docteure?|professeure?)"
)
STREET = r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours)"
ROAD = r"(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Dd]rive|St|Rd|Ave)"

MASKS = (
    (r"(?i)\b[\w.+-]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\s?\.\s?[\w-]+)+", "[e-mail]"),
    (r"(?i)\b(?:https?://|www\.)\S+", "[link]"),
    (r"(?<!\w)@\w{2,}", "[name]"),
    (rf"(?i)\b\d{{1,4}}\s?(?:bis|ter)?,?\s+{STREET}\b[^,.;!?\n]*", "[address]"),
    (rf"\b\d{{1,4}}\s+(?:[A-Z][\w'’-]+\s+){{1,3}}{ROAD}\b", "[address]"),
    (r"\b[A-Z]{2}\d{2}(?:\s?\w{4}){2,7}(?:\s?\w{1,4})?\b", "[number]"),  # of a bank account
    (r"(?<!\w)(?:\+|00)\s?\d{1,3}(?:[\s./-]?\(?\d{1,4}\)?){2,7}", "[phone]"),
    (r"(?<!\w)\(?0\d\)?(?:[\s./-]?\d{2}){4}(?!\d)", "[phone]"),
    (r"(?<!\w)\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)", "[phone]"),
    (r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b", "[date]"),
    (r"(?<!\w)(?!(?:19|20)\d\d[\s-](?:19|20)\d\d(?!\w))\d(?:[\s.-]?\d){4,}(?!\w)", "[number]"),  # but two years
    (rf"(?i)(\b{SAYS_NAME}\s*)(?!{OURS}\b){NAME}", r"\1[name]"),
    (rf"((?i:\b{SAYS_WHO}\s+)(?i:{TITLE}\b\.?\s+)?)(?!(?i:{OURS})\b){CAPITALISED}", r"\1[name]"),
    (rf"((?i:\b{TITLE})\b\.?\s+)(?!(?i:{OURS})\b){CAPITALISED}", r"\1[name]"),
)
PUT_IN = re.compile(r"\[(?:e-mail|link|name|address|number|phone|date)\]")


def mask(text: str) -> str:
    """A text without addresses, links, dates, phone and other long numbers, and the names that people give as theirs.

    It takes too much rather than too little. A name that nothing announces ("ask Durand about it") stays.
    """
    masked = " ".join(text.split())
    for pattern, instead in MASKS:
        masked = re.sub(pattern, instead, masked)
    return masked


def is_masked(text: str) -> bool:
    """Whether something was taken out of a text."""
    return bool(PUT_IN.search(text))
