"""The doubles of all the services, in the order of the services, and a server for each."""

from contextlib import contextmanager

from double import PUBLIC_URL
from mattermost_double import MattermostDouble
from messenger_double import MessengerDouble
from rocketchat_double import RocketChatDouble
from slack_double import SlackDouble
from standin import serving_with
from teams_double import TeamsDouble
from telegram_double import TelegramDouble
from twilio_double import TwilioDouble
from webex_double import WebexDouble

DOUBLES = (
    SlackDouble,
    TeamsDouble,
    MessengerDouble,
    TelegramDouble,
    MattermostDouble,
    TwilioDouble,
    RocketChatDouble,
    WebexDouble,
)


def those_of(function):
    """The doubles that a test is for: all, or those that its mark `where` names."""
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "where"]
    return [kind for kind in DOUBLES if all(getattr(kind, mark.args[0]) for mark in marks)]


@contextmanager
def talking(kind, assistant, **settings):
    """A double and a server that know each other."""
    with (
        kind().open() as service,
        serving_with(assistant, public_url=PUBLIC_URL, messaging=service.environment(), **settings) as client,
    ):
        service.server = client.address
        yield service
