"""Components are built and trained here on a handful of questions, not loaded from a trained assistant."""

from collections.abc import Callable

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

QUESTIONS = {
    ("funders", "en"): [
        "who pays for it",
        "where does the money come from",
        "who funds you",
        "your sponsors please",
        "is it public money",
    ],
    ("funders", "fr"): [
        "qui paie tout ça",
        "d'où vient l'argent",
        "qui vous finance",
        "vos financeurs svp",
        "c'est de l'argent public",
    ],
    ("history_creation", "en"): ["since when", "how old is it", "when was it born", "the year it began", "has it been long"],
    ("history_creation", "fr"): [
        "depuis quand",
        "ça a quel âge",
        "quand est-ce né",
        "l'année des débuts",
        "est-ce que c'est vieux",
    ],
    ("off_topic", "en"): ["will it rain", "best pizza in town", "who won the match", "write me a poem", "how to fix a bike"],
    ("off_topic", "fr"): ["va-t-il pleuvoir", "la meilleure pizza", "qui a gagné le match", "écris un poème", "réparer un vélo"],
}


@pytest.fixture(autouse=True)
def kept_elsewhere(monkeypatch, tmp_path):
    """The vectors of a handful of questions must not take the place of those kept for the next training."""
    monkeypatch.setattr("clara.nlu.encoder.ENCODINGS", tmp_path)


@pytest.fixture
def training_data() -> TrainingData:
    return TrainingData(
        [
            Message.build(text, intent, intent_metadata={"language": language})
            for (intent, language), texts in QUESTIONS.items()
            for text in texts
        ]
    )


@pytest.fixture
def make(tmp_path) -> Callable:
    """Makes a component as Rasa would: make(Class, loaded=False, **config)."""
    storage = LocalModelStorage.create(tmp_path)

    def make(component, loaded=False, **config):
        build = component.load if loaded else component.create
        context = ExecutionContext(GraphSchema({}))
        return build({**(component.get_default_config() or {}), **config}, storage, Resource(component.__name__), context)

    return make


@pytest.fixture
def understand() -> Callable:
    """Puts one text through components: understand(text, component, ...); returns the message."""

    def understand(text, *components, **data):
        message = Message({TEXT: text, **data})
        for component in components:
            component.process([message])
        return message

    return understand
