"""What the console itself says; what the assistant says comes from data/knowledge."""

import re
from collections.abc import Mapping

from clara.answering.reply import ANSWER, COURTESY, DID_YOU_MEAN
from clara.knowledge import LANGUAGES, Words
from clara.knowledge.typography import typeset


def language_of(environment: Mapping[str, str]) -> str:
    """The one of LANGUAGES that the environment asks for, in LC_ALL, else LC_MESSAGES, else LANG; or LANGUAGES[0]."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    language = re.split(r"[-_.@]", locale)[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


def _both(en: str, fr: str) -> Words:
    return Words(typeset(en, "en"), typeset(fr, "fr"))


TITLE = _both("Ask CLARA, as visitors see it", "Ask CLARA, tel que le voient les visiteurs")
WELCOME = (
    _both(
        "Type a question in English or in French, or the number of a suggestion.",
        "Tapez une question, en français ou en anglais, ou le numéro d'une suggestion.",
    ),
    _both(
        "/help lists the commands; /stop or Ctrl-D quits. Nothing you type is kept.",
        "/help affiche les commandes ; /stop ou Ctrl-D pour quitter. Rien de ce que vous tapez n'est conservé.",
    ),
)
LOADING = _both("Loading the model…", "Chargement du modèle…")

HELP = {
    "/new": _both("begin a new conversation", "commencer une nouvelle conversation"),
    "/debug": _both("show what was understood, or hide it", "afficher ce qui a été compris, ou ne plus l'afficher"),
    "/help": _both("list the commands", "afficher les commandes"),
    "/stop": _both("quit, as Ctrl-D does", "quitter, comme avec Ctrl-D"),
}
ENTRIES = _both(
    "Next to the kind of reply is the name of its entry in data/knowledge. To change it, see docs/editing.md.",
    "À côté du type de réponse figure le nom de son entrée dans data/knowledge. Pour la modifier : docs/editing.md.",
)
NO_COMMAND = _both(
    "There is no command {command}, and nothing was sent. /help lists the commands.",
    "La commande {command} n'existe pas ; rien n'a été envoyé. /help affiche les commandes.",
)
DEBUG_ON = _both("What was understood is shown from now on.", "Ce qui est compris s'affiche désormais.")
DEBUG_OFF = _both("What was understood is no longer shown.", "Ce qui est compris ne s'affiche plus.")

# The kinds of replies.
KINDS = {
    ANSWER: _both("Answer", "Réponse"),
    COURTESY: _both("Courtesy", "Politesse"),
    DID_YOU_MEAN: _both("Request for clarification", "Demande de précision"),
    "not_on_page": _both("Refusal: not on the page", "Refus : absent de la page"),
    "off_topic": _both("Refusal: off topic", "Refus : hors sujet"),
    "medical": _both("Health question", "Question de santé"),
    "crisis": _both("Someone in distress", "Personne en détresse"),
    "unclear": _both("Not understood", "Message non compris"),
}

# What was understood.
READ_AS = _both("read as", "lu comme")
LANGUAGE = _both("language", "langue")
INTENT = _both("intent", "intention")
NEXT = _both("then", "ensuite")
ASKED = _both("asked", "demandé")
NEAR = _both("near", "proche")
NAMED = _both("organisations", "organismes")
PAGE = _both("page answers", "page répond")
THREAD = _both("thread", "fil")
ACTION = _both("action", "action")
