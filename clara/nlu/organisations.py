"""Finds the organisations that a message names."""

import re
from itertools import groupby
from typing import Any, Dict, List

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from clara.knowledge import Organisation, load_knowledge
from clara.nlu.slips import as_meant
from clara.nlu.text import fold
from clara.nlu.tokenizer import MOST_WORDS
from clara.settings import KNOWLEDGE

ENTITY = "organisation"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
)
class OrganisationMatcher(GraphComponent):
    """Finds names and aliases with spaCy's matcher: accents, capitals, hyphens and small slips don't matter.

    It also runs on the training questions (hence the second type), so that what follows sees in training what it sees in service.
    """

    def __init__(self, organisations: Dict[str, Organisation]) -> None:
        """Build the patterns.

        Args:
            organisations: the bodies to find, by id.
        """
        self._organisations = organisations
        self._build()

    def _build(self) -> None:
        self._vocabulary = spacy.blank("xx").vocab
        self._matcher = Matcher(self._vocabulary)
        for id, organisation in self._organisations.items():
            self._matcher.add(id, patterns_for(organisation.aliases))
            if organisation.not_names:
                self._matcher.add(f"not {id}", [[{"LOWER": fold(word)}] for word in organisation.not_names])

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "OrganisationMatcher":
        """Build the component from the knowledge files (called by Rasa)."""
        return cls(load_knowledge(KNOWLEDGE).organisations)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the organisations of each training question."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's organisations: one entity a name, in the order of the text."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, self._entities(message), add_to_output=True)
        if len(self._vocabulary) > MOST_WORDS:
            self._build()
        return messages

    def _entities(self, message: Message) -> List[Dict[str, Any]]:
        tokens = message.get(TOKENS_NAMES[TEXT]) or []
        doc = Doc(self._vocabulary, words=[_bare_word(as_meant(token)) for token in tokens])
        found = [Span(doc, start, end, label) for label, start, end in self._matcher(doc)]
        ordinary = {(span.start, span.end) for span in found if span.label_ not in self._organisations}
        names = [span for span in found if (span.start, span.end) not in ordinary]
        return [
            {
                "entity": ENTITY,
                "value": span.label_,
                "start": tokens[span.start].start,
                "end": tokens[span.end - 1].end,
                "extractor": type(self).__name__,
            }
            for span in filter_spans(names)
        ]


def patterns_for(aliases: tuple[str, ...]) -> List[List[Dict[str, Any]]]:
    """Patterns of spaCy for names, as written and with the words glued together; long words are forgiven more slips."""
    patterns = []
    for alias in aliases:
        words = ["".join(letters) for is_word, letters in groupby(fold(alias), str.isalnum) if is_word]
        for form in (words, ["".join(words)]):
            gap = {"IS_PUNCT": True, "OP": "?"}
            alone = len(form) == 1
            pattern = [part for word in form for part in (_word_pattern(word, alone), gap)][:-1]
            if pattern not in patterns:
                patterns.append(pattern)
    return patterns


def _bare_word(word: str) -> str:
    """A word without accents, capitals, dots ("i.n.ca") and elided articles ("l'INCa"), or the sign that it is."""
    folded = re.sub(r"^(?:qu|[cdjlmnst])'(?=\w)", "", fold(word))
    return "".join(filter(str.isalnum, folded)) or folded or " "


def _word_pattern(word: str, alone: bool) -> Dict[str, Any]:
    # A short word is one slip away from other words ("feder", "fever"), unless the rest of its name stands beside it.
    # spaCy counts Levenshtein edits.
    if len(word) < (6 if alone else 5):
        return {"LOWER": word}
    return {"LOWER": {"FUZZY1" if len(word) < 8 else "FUZZY2": word}}
