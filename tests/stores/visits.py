"""Conversations as Rasa has a store keep them."""

from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUttered,
)


def session():
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def turn(text, thread=("funders",)):
    """What an answer leaves behind; small talk leaves the thread as it is."""
    remembered = [SlotSet("thread", list(thread)), SlotSet("told", list(thread))] if thread else []
    return [
        UserUttered(text, {"name": "funders"}),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_answer"),
        BotUttered(f"An answer to {text}."),
        SlotSet("language", "en"),
        FollowupAction("action_listen"),
        *remembered,
        ActionExecuted("action_listen"),
    ]


async def talk(store, domain, *turns, sender="visitor"):
    """As Rasa does: read, add, save."""
    for events in turns:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        tracker.update_with_events(events if tracker.events else [*session(), *events], domain)
        await store.save(tracker)


def texts(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]
