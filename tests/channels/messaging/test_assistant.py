"""The trained assistant behind every service at once: what is read there is what is read on the website, but for form."""

from contextlib import ExitStack

import pytest
from double import PUBLIC_URL
from doubles import DOUBLES

from benchmarks.server import Visitor, running_server
from clara.answering.compose import source_line
from clara.answering.reply import Reply
from clara.knowledge import Passage

MESSAGES = [
    "Who funds CLARA?",
    "le siric lyrick, cest quoi",
    "Quand le CLARA a-t-il été lancé, et quel est son budget ?",
    "Who answers the phone at your front desk?",
    "My scan shows a shadow, should I be afraid?",
    "je n'en peux plus, je veux mourir",
    "asdkjh qwe",
    "merci beaucoup",
]


@pytest.fixture(scope="module")
def everywhere(trained):
    """The address of a server with every service on, and their doubles."""
    with ExitStack() as stack:
        doubles = [stack.enter_context(kind().open()) for kind in DOUBLES]
        environment = {name: value for double in doubles for name, value in double.environment().items()}
        address = stack.enter_context(running_server({**environment, "PUBLIC_URL": PUBLIC_URL}))
        for double in doubles:
            double.server = address
        yield address, {double.kind.name: double for double in doubles}


@pytest.mark.parametrize("name", [kind.kind.name for kind in DOUBLES])
def test_same_words_as_on_the_website(everywhere, knowledge, name):
    address, doubles = everywhere
    visitor, service = Visitor(address), doubles[name]
    for number, text in enumerate(MESSAGES):
        wanted, shown = visitor.say(text), service.say(text, person=f"p{number}")
        sources = tuple(Passage(source["text"], source["paragraph"]) for source in wanted["sources"])
        reply = Reply(wanted["text"], wanted["kind"], (), wanted["language"], sources)
        lines = [wanted["text"], *filter(None, [source_line(knowledge, reply)])]
        assert shown.text.split("\n\n")[0].splitlines() == lines
        offered = shown.buttons if shown.buttons and not shown.buttons[0].isdecimal() else numbered(shown.text)
        assert offered == wanted["suggestions"], text
        visitor.forget()


def numbered(text):
    return [line.partition(". ")[2] for line in text.splitlines() if line[:1].isdecimal() and line[1:3] == ". "]


@pytest.mark.parametrize("name", [kind.kind.name for kind in DOUBLES])
def test_number_asks_the_question_that_was_offered(everywhere, knowledge, name):
    service, where = everywhere[1][name], {"person": "p7", "room": "r7"}
    shown = service.say("Who funds CLARA?", **where)
    offered = shown.buttons if shown.buttons and not shown.buttons[0].isdecimal() else numbered(shown.text)
    (topic,) = (topic for topic in knowledge.topics.values() if topic.suggestion["en"] == offered[1])
    assert service.say("2", **where).text.startswith(topic.answer["en"])


@pytest.mark.parametrize("name", [kind.kind.name for kind in DOUBLES])
def test_thread_of_a_conversation_is_followed(everywhere, name):
    service, where = everywhere[1][name], {"person": "p8", "room": "r8"}
    service.say("Who funds CLARA?", **where)
    assert service.say("et en français ?", **where).text.startswith("Le CLARA est financé")
