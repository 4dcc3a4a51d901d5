"""The tables of docs/channels.md, made from the services, their doubles and the tests: run this file to write them."""

import inspect
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs" / "channels.md"
MARKS = "<!-- {} of {}: made by tests/channels/messaging/matrix.py -->"


def services():
    """A line a service: how its calls are verified, how replies look, and how it was tested."""
    from doubles import DOUBLES

    rows = ["| service | how a caller is verified | what a reply looks like | tested with |", "|---|---|---|---|"]
    for double in DOUBLES:
        kind = double.kind
        rows.append(
            f"| {kind.title} | {kind.verified} | {kind.form}; at most {kind.most:,} characters per message | {double.tested} |"
        )
    return "\n".join(rows)


def variables():
    """A line a variable of a service."""
    from doubles import DOUBLES

    rows = ["| service | variable | what it is |", "|---|---|---|"]
    for double in DOUBLES:
        for variable in double.kind.variables:
            default = f" (default: {variable.default})" if variable.default else ""
            rows.append(f"| {double.kind.title} | `{variable.name}` | {variable.meaning}{default} |")
    return "\n".join(rows)


def tests():
    """A line a test that every service goes through; – where it has nothing that the test could try."""
    import test_every_service
    from doubles import DOUBLES, those_of

    rows = [f"| | {' | '.join(double.kind.title.split(' (')[0] for double in DOUBLES)} |", f"|---|{'---|' * len(DOUBLES)}"]
    functions = inspect.getmembers(test_every_service, inspect.isfunction)
    for name, function in sorted(functions, key=lambda item: item[1].__code__.co_firstlineno):
        if name.startswith("test_") and {"service", "kind", "fuzzed"} & set(inspect.signature(function).parameters):
            tried = those_of(function)
            rows.append(f"| {_sentence(name)} | {' | '.join('✓' if double in tried else '–' for double in DOUBLES)} |")
    return "\n".join(rows)


def _sentence(name):
    words = name.removeprefix("test_").replace("_", " ")
    return words[0].upper() + words[1:]


def filled(text):
    """The document's text, its tables as they are now."""
    for table in (services, variables, tests):
        begin, end = (MARKS.format(word, table.__name__) for word in ("begin", "end"))
        text = re.sub(f"{begin}.*?{end}", lambda _, t=table, b=begin, e=end: f"{b}\n{t()}\n{e}", text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
