"""The doubles of all the services, in the order of the services."""

from mattermost_double import MattermostDouble
from messenger_double import MessengerDouble
from rocketchat_double import RocketChatDouble
from slack_double import SlackDouble
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
