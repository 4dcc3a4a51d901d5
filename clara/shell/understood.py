"""What was understood of a message, for who wants to know why it got this reply."""

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT

from clara.nlu import keys
from clara.nlu.slips import as_meant
from clara.shell import words
from clara.shell.terminal import DIM, Paragraph

MOST_NEXT = 3  # intents beside the one that was taken
WORTH_TELLING = 0.01  # their certainty


async def understood(agent: Agent, conversation: str, seconds: float, language: str) -> list[Paragraph]:
    """What was made of the latest message of a conversation, in ten lines at most; what there is nothing of is left out.

    Args:
        agent: holds the conversation.
        conversation: its id.
        seconds: how long the reply took.
        language: the console's.
    """
    tracker = await agent.tracker_store.retrieve(conversation)
    parse = tracker.latest_message.parse_data
    ranking = [entry for entry in parse.get(INTENT_RANKING_KEY, ()) if entry["name"] != parse["intent"]["name"]]
    page = [f"{parse[keys.PAGE_ANSWERS]:.2f}", parse[keys.PAGE_SAYS]]
    rows = {
        words.READ_AS: await _read_as(agent, parse),
        words.LANGUAGE: parse[keys.LANGUAGE],
        words.INTENT: _certain(parse["intent"]),
        words.NEXT: ", ".join(_certain(entry) for entry in ranking[:MOST_NEXT] if entry["confidence"] >= WORTH_TELLING),
        words.ASKED: ", ".join(parse[keys.ASKED]),
        words.NEAR: ", ".join(parse[keys.NEAR]),
        words.NAMED: ", ".join(entity["value"] for entity in parse["entities"]),
        words.PAGE: ", ".join(filter(None, page)),
        words.THREAD: ", ".join(tracker.get_slot(keys.THREAD) or ()),
        words.ACTION: f"{_action(tracker)}, {seconds * 1000:.0f} ms",
    }
    width = max(len(label[language]) for label in rows)
    return [Paragraph(told, f"  {label[language]:<{width}}  ", DIM, cut=True) for label, told in rows.items() if told]


async def _read_as(agent: Agent, parse: dict[str, Any]) -> str:
    """The text with its slips mended: the pipeline's output leaves the tokens out, so it is asked again."""
    message = UserMessage(parse["text"], metadata={"language": parse[keys.LANGUAGE]})
    everything = await agent.processor.parse_message(message, only_output_properties=False)
    text: str = parse["text"]
    for token in reversed(everything.get(TOKENS_NAMES[TEXT]) or []):
        text = f"{text[: token.start]}{as_meant(token)}{text[token.end :]}"
    return " ".join(text.split())


def _certain(intent: dict[str, Any]) -> str:
    return f"{intent['confidence']:.2f} {intent['name']}"


def _action(tracker: DialogueStateTracker) -> str:
    names = (event.action_name for event in reversed(tracker.events) if isinstance(event, ActionExecuted))
    return str(next(name for name in names if name != ACTION_LISTEN_NAME))
