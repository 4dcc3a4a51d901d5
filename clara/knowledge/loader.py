"""Reads data/knowledge into a Knowledge, or says everything that is wrong with it in words for an editor."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clara.errors import ClaraError
from clara.knowledge.model import Courtesy, Knowledge, Organisation, Refusal, Topic
from clara.knowledge.reader import Reader
from clara.knowledge.review import of_saying, of_topic, without_topic

State = tuple[tuple[Path, int, int], ...]


@dataclass(frozen=True)
class _Reading:
    """What was read: the knowledge, unless there are problems; and what of the page has no topic, which harms no visitor."""

    knowledge: Knowledge | None
    problems: tuple[str, ...]
    gaps: tuple[str, ...]


def load_knowledge(folder: Path) -> Knowledge:
    """Read the knowledge files; what was read is given again until one of them changes: a starting server asks a dozen times.

    Args:
        folder: holds page.en.txt, topics/*.yml, organisations.yml, refusals.yml, courtesies.yml, phrases.yml and names.yml.

    Raises:
        ClaraError: a file is missing or broken; the text has one line a problem: the file, the entry, what to do.
    """
    reading = _read(folder, state_of(folder))
    if reading.knowledge is None:
        raise ClaraError("\n".join(reading.problems))
    return reading.knowledge


def problems_of(folder: Path) -> list[str]:
    """All that an editor has to mend, one line each: what load_knowledge raises, and what of the page has no topic."""
    reading = _read(folder, state_of(folder))
    return [*reading.problems, *reading.gaps]


def state_of(folder: Path) -> State:
    """What changes when a knowledge file does; editors' own files, whose names begin with a dot, are none."""
    return tuple(_state(file) for file in sorted(folder.rglob("[!.]*.*")))


def _state(file: Path) -> tuple[Path, int, int]:
    """When a file was written, and how long it is; an editor's own files come and go."""
    try:
        state = file.stat()
    except OSError:
        return file, 0, 0
    return file, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=2)
def _read(folder: Path, state: State) -> _Reading:
    """Read the files, in the state that they are in."""
    reader = Reader(folder)
    page, names = reader.page(), reader.names()
    topics: dict[str, Topic] = {}
    for file in sorted(folder.glob("topics/[!.]*.yml")):
        for id, entry in reader.entries(f"topics/{file.name}"):
            entry.must_be_new(topics)
            topics[id] = Topic(**entry.topic_parts(page))
            entry.review(of_topic(topics[id], names))
    for id, entry in reader.entries("organisations.yml"):
        entry.must_be_new(topics)
        topics[id] = Organisation(
            **entry.topic_parts(page),
            aliases=entry.strings("aliases", at_least=1),
            not_names=entry.strings("not_names", at_least=0),
        )
        entry.review(of_topic(topics[id], names))
    refusals = {}
    for id, entry in reader.entries("refusals.yml"):
        refusals[id] = Refusal(
            id, entry.kind(), entry.words("title"), entry.words("text"), entry.topic_ids("suggestions"), entry.flag("contact")
        )
        entry.review(of_saying(refusals[id]))
    courtesies = {}
    for id, entry in reader.entries("courtesies.yml"):
        courtesies[id] = Courtesy(id, entry.words("title"), entry.words("text"), entry.topic_ids("suggestions"))
        entry.review(of_saying(courtesies[id]))
    phrases = reader.phrases()
    reader.check_ids(topics, refusals, courtesies)
    reader.check_aliases(topics, page)
    reader.check_suggestions(topics)
    problems = tuple(f"{folder.name}/{problem}" for problem in reader.problems)
    gaps = tuple(f"{folder.name}/{gap}" for gap in without_topic(page, topics.values())) if page and reader.all_read else ()
    if problems or page is None or phrases is None:
        return _Reading(None, problems, gaps)
    return _Reading(Knowledge(page, topics, refusals, courtesies, phrases), problems, gaps)
