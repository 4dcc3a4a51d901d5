"""Which messaging services are on, and what is said of those that can't be."""

from contextlib import ExitStack

import pytest
from commands import clara
from double import PUBLIC_URL
from doubles import DOUBLES, talking
from slack_double import SlackDouble
from standin import serving_with

from clara.channels.messaging.registry import SERVICES, overview, switches
from clara.errors import ClaraError
from clara.settings import read_settings

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


def told(environment):
    return read_settings({"PUBLIC_URL": PUBLIC_URL, **environment})


def all_variables():
    """A value for every variable of every service that has no default."""
    return {variable.name: f"https://{'x' * 20}" for kind in SERVICES for variable in kind.variables if not variable.default} | {
        "TELEGRAM_SECRET_TOKEN": "x" * 20
    }


def test_none_is_on_where_nothing_is_set():
    lines = overview(told({})).splitlines()[: len(SERVICES)]
    assert all(f"{kind.title} " in line and "  off " in line for kind, line in zip(SERVICES, lines))
    for kind, line in zip(SERVICES, lines):
        assert all(variable.name in line for variable in kind.variables if not variable.default)


def test_all_are_on_where_all_is_set():
    lines = overview(told(all_variables())).splitlines()[: len(SERVICES)]
    for kind, line in zip(SERVICES, lines):
        assert line.split("  on ")[1].strip() == f"{PUBLIC_URL}/webhooks/{kind.name}/webhook"


@pytest.mark.parametrize("service_kind", SERVICES, ids=lambda kind: kind.name)
def test_every_missing_variable_is_named(service_kind):
    needed = [variable.name for variable in service_kind.variables if not variable.default]
    for missing in needed:
        some = {name: value for name, value in all_variables().items() if name in needed and name != missing}
        (switch,) = (switch for switch in switches(told(some)) if switch.kind is service_kind)
        assert switch.problem.startswith(f"{missing} is missing: set it, or unset")
        assert not switch.on


def test_empty_variable_counts_as_not_set():
    assert not [switch for switch in switches(told({"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": " "})) if switch.problem]


def test_optional_variable_alone_asks_for_the_others():
    (slack,) = (
        switch for switch in switches(told({"SLACK_API_URL": "https://slack-gov.com/api"})) if switch.kind.name == "slack"
    )
    assert "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are missing" in slack.problem


def test_address_is_needed_where_a_service_must_know_it():
    found = {switch.kind.name: switch.problem for switch in switches(read_settings(all_variables()))}
    assert {name for name, problem in found.items() if "PUBLIC_URL is missing" in problem} == {
        "telegram",
        "mattermost",
        "twilio",
        "webex",
    }
    with pytest.raises(ClaraError, match=r"Slack +on +/webhooks/slack/webhook \(put your server's address in front"):
        overview(read_settings(all_variables()))


def test_secret_that_telegram_would_not_take_is_told():
    with pytest.raises(ClaraError, match="TELEGRAM_SECRET_TOKEN must be 16 to 256"):
        overview(told({"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_SECRET_TOKEN": "too short"}))


@pytest.mark.parametrize(
    ("environment", "status", "state"),
    [({}, 0, "off"), ({**SLACK, "PUBLIC_URL": PUBLIC_URL}, 0, "on"), ({"SLACK_BOT_TOKEN": "xoxb-1"}, 1, "WRONG")],
)
def test_command_tells_the_state(environment, status, state):
    result = clara("channels", **environment)
    assert result.returncode == status
    (line,) = (line for line in (result.stdout + result.stderr).splitlines() if line.startswith("Slack "))
    assert line.split()[1] == state
    assert not any(value in result.stdout + result.stderr for value in SLACK.values())


def test_service_set_up_by_half_takes_nobody_with_it(assistant, caplog):
    half = {"TELEGRAM_BOT_TOKEN": "1:a", "TEAMS_APP_ID": "app"}
    with SlackDouble().open() as slack:
        environment = {**slack.environment(), **half}
        with serving_with(assistant, public_url=PUBLIC_URL, messaging=environment) as client:
            slack.server = client.address
            assert slack.say("hello").text == "You said: hello"
            assert client.post({"message": "hello"}).ok
            assert client.get("/webhooks/telegram/webhook").status_code == 404
    assert "Telegram stays off: TELEGRAM_SECRET_TOKEN is missing" in caplog.text
    assert "Teams stays off: TEAMS_APP_PASSWORD and TEAMS_TENANT_ID are missing" in caplog.text


def test_services_that_cannot_be_reached_take_nobody_with_them(assistant):
    with SlackDouble().open() as slack:
        environment = {**all_variables(), **slack.environment()}
        environment |= {"TELEGRAM_API_URL": "http://127.0.0.1:9", "WEBEX_API_URL": "http://127.0.0.1:9"}
        with serving_with(assistant, public_url=PUBLIC_URL, messaging=environment) as client:
            slack.server = client.address
            assert slack.say("hello").text == "You said: hello"
            assert client.post({"message": "hello"}).ok


def test_all_services_at_once_keep_their_conversations_apart(assistant):
    with ExitStack() as stack:
        doubles = [stack.enter_context(kind().open()) for kind in DOUBLES]
        environment = {name: value for double in doubles for name, value in double.environment().items()}
        client = stack.enter_context(serving_with(assistant, public_url=PUBLIC_URL, messaging=environment))
        for double in doubles:
            double.server = client.address
            assert double.say("hello").text == "You said: hello"
            assert len(double.shown) == 1
    assert len({message.sender_id for message in assistant.heard}) == len(DOUBLES)


def test_no_secret_is_logged(kind, assistant, caplog):
    with talking(kind, assistant) as service:
        service.troubles = [500] * 9
        service.deliver(service.message("hello"))
        secrets = [value for value in service.environment().values() if not value.startswith("http")]
    assert not any(secret in caplog.text for secret in secrets)
