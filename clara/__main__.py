"""The command line: python -m clara COMMAND; without one, it lists them."""

import argparse
import os
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clara.errors import ClaraError
from clara.intents import out_of_step
from clara.knowledge import LANGUAGES, load_knowledge, problems_of
from clara.settings import ROOT, Settings, read_settings
from clara.shell.show import welcome
from clara.shell.terminal import Terminal
from clara.shell.words import language_of

MOST_DAYS = 3660  # of a report


class _ShowVersion(argparse.Action):
    """Shows the version, which stands in pyproject.toml."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Read it when somebody asks: whoever else starts the assistant needs no pyproject.toml."""
        (version,) = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
        print(f"Ask CLARA {version}")
        parser.exit()


def main() -> int:
    """Run one command; 0 if it went well, 1 with one line on standard error where a person has something to mend."""
    parser = argparse.ArgumentParser(prog="python -m clara", description="Ask CLARA, the assistant.")
    parser.add_argument("--version", action=_ShowVersion, nargs=0, default=argparse.SUPPRESS, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, (_, told) in COMMANDS.items():
        commands.add_parser(name, help=told)
    report = commands.choices["report"]
    report.add_argument("--days", type=int, default=30, help="how many, today included")
    report.add_argument("--language", choices=LANGUAGES, default=language_of(os.environ), help="of the page")
    report.add_argument("--folder", type=Path, default=Path("reports"), help="where to")
    commands.choices["forget"].add_argument("conversation", help="its id, its visitor's session, or SERVICE:IDS")
    commands.choices["shell"].add_argument("--debug", action="store_true", help="show what was understood of each question")
    arguments = vars(parser.parse_args())
    run = COMMANDS[arguments.pop("command")][0]
    os.chdir(ROOT)  # Rasa reads its files, and imports the actions and components, from the working directory
    sys.path.insert(0, str(ROOT))
    try:
        run(read_settings(), **arguments)
    except ClaraError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(settings: Settings) -> None:
    _quieten_libraries()
    load_knowledge(settings.knowledge)
    from clara.serving import serve

    serve(settings)


def _shell(settings: Settings, debug: bool) -> None:
    terminal = Terminal.here()
    if terminal.typed:
        terminal.say(welcome(terminal.language))  # to be read meanwhile: all that follows takes seconds
    _quieten_libraries()
    from clara.shell.talk import run_shell

    try:
        run_shell(settings, terminal, debug)
    except BrokenPipeError:  # whoever reads has enough, as `head` has; Python would complain of what is left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _train(settings: Settings) -> None:
    _quieten_libraries()
    from clara.training import train

    print(f"The model is ready: models/{train(settings).name}")


def _check(settings: Settings) -> None:
    problems = problems_of(settings.knowledge)
    if not problems:
        knowledge = load_knowledge(settings.knowledge)
        problems = out_of_step(knowledge, settings.root)
    if problems:
        raise ClaraError("\n".join([*problems, f"{len(problems)} to mend, then run `make check` again."]))
    print(f"The knowledge is sound: {len(knowledge.topics)} topics, {len(knowledge.refusals)} refusals.")


def _channels(settings: Settings) -> None:
    from clara.channels.messaging.registry import overview

    print(overview(settings))


def _purge(settings: Settings) -> None:
    _quieten_libraries()
    from clara.retention import purge

    print(f"{purge(settings)} conversations in which nothing was said for {settings.retention_days} days are deleted.")


def _forget(settings: Settings, conversation: str) -> None:
    _quieten_libraries()
    from clara.retention import forget

    if not forget(settings, conversation):
        raise ClaraError("There is no such conversation: nothing was deleted.")
    print("The conversation is deleted.")


def _report(settings: Settings, days: int, language: str, folder: Path) -> None:
    _quieten_libraries()
    from clara.report.writing import write_report

    if not 1 <= days <= MOST_DAYS:
        raise ClaraError(f"There is no report over {days} days: ask for 1 to {MOST_DAYS}.")
    for file in write_report(settings, folder, days, language):
        print(file)


def _quieten_libraries() -> None:
    """Before Rasa is imported (hence the imports above, inside functions): no telemetry, no news from the libraries."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    with warnings.catch_warnings(record=True):  # Sanic turns deprecation warnings on when it is imported; afterwards they are off
        import sanic.app  # noqa: F401


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "serve": (_serve, "answer over HTTP"),
    "shell": (_shell, "answer in this console, having trained the model, if need be"),
    "train": (_train, "train the model, if need be"),
    "check": (_check, "check the knowledge"),
    "channels": (_channels, "list the messaging services, on or off"),
    "report": (_report, "write what people asked, and what without getting an answer"),
    "purge": (_purge, "delete the conversations that are old"),
    "forget": (_forget, "delete one conversation"),
}

if __name__ == "__main__":
    sys.exit(main())
