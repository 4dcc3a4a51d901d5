"""docs/editing.md does what it says: its blocks are pasted where it says, one after the other, and the new topic is answered."""

import re
import time

import pytest
from checkout import copy_checkout
from commands import clara
from editing import change
from few_questions import keep_few_questions, train_anew
from waiting import wait_until

from benchmarks.server import Visitor, running_server
from clara.knowledge import LANGUAGES, load_knowledge
from clara.live import LOOK_SECONDS
from clara.settings import ROOT

GUIDE = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
BLOCK = r"^(?:At the end of|In) `([\w/.]+)`(?:, below the line `([^`]+)`)?:\n\n```yaml\n(.*?)```$"
BLOCKS = re.findall(BLOCK, GUIDE, re.MULTILINE | re.DOTALL)
NEW_PAGE, NEW_ENTRY = re.findall(r"^```check\n(.*?)```$", GUIDE, re.M | re.S)
TOPIC = "funders_regional_authorities"
HISTORY = "data/knowledge/topics/history.yml"
OLD_WORDS, NEW_WORDS = "CLARA is part of the", "CLARA belongs to the"


@pytest.fixture
def root(tmp_path):
    return copy_checkout(tmp_path / "checkout")


def paste(block, root):
    """Put a block of the guide where the line before it says."""
    name, below, text = block
    file = root / name
    if below:
        change(file, f"{below}\n", f"{below}\n{text}")
    else:
        file.write_text(file.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")


def told_by_check(root):
    told = clara("check", root=root)
    return told.stdout + told.stderr


def test_every_block_says_where_it_goes():
    assert len(BLOCKS) == GUIDE.count("```yaml") == 7


def test_after_each_block_the_check_says_what_is_still_missing(root):
    paste(BLOCKS[0], root)
    assert told_by_check(root) == NEW_ENTRY
    *missing, _ = NEW_ENTRY.splitlines()
    for block, file in zip(BLOCKS[1:-1], ["domain.yml:", "data/rules.yml:", "data/nlu/en/f", "data/nlu/fr/f", "data/nlu/en:"]):
        paste(block, root)
        missing = [line for line in missing if not line.startswith(file)]
        assert told_by_check(root).splitlines()[:-1] == missing
    paste(BLOCKS[-1], root)
    told = clara("check", root=root)
    assert told.returncode == 0
    assert f"`{told.stdout.strip()}`" in GUIDE


def test_after_a_new_version_of_the_page_the_check_says_what_the_guide_shows(root):
    page = root / "data" / "knowledge" / "page.en.txt"
    old = "to include the humanities and social sciences as well as public"
    change(page, old, "to the humanities, the social sciences and public")
    change(page, "Partager", "Since January, CLARA has had a building of its own.\n\nPartager")
    assert told_by_check(root) == NEW_PAGE


def test_wrong_year_is_told_as_the_guide_shows(root):
    change(root / HISTORY, "Since 2003", "Since 2004")
    told, _ = told_by_check(root).splitlines()
    assert f"    {told}\n" in GUIDE


def test_new_topic_is_answered(root):
    """By small networks, trained on few questions of each kind: whether all are told apart is what `make evaluate` measures."""
    for block in BLOCKS:
        paste(block, root)
    keep_few_questions(root / "data" / "nlu")
    change(root / "config.yml", "networks: 3\n    units: 400", "networks: 1\n    units: 100")
    train_anew(root)
    topic = load_knowledge(root / "data" / "knowledge").topics[TOPIC]
    with running_server(root=root) as address:
        for language in LANGUAGES:
            reply = Visitor(address).say(topic.suggestion[language])
            assert (reply["topics"], reply["text"]) == ([TOPIC], topic.answer[language])


def test_changed_wording_is_what_a_visitor_gets_and_a_broken_edit_is_not(trained, root):
    def reply():
        return Visitor(address).say("Which national plans is CLARA part of?")["text"]

    file = root / HISTORY
    with running_server(root=root) as address:
        assert reply().startswith(OLD_WORDS)
        change(file, OLD_WORDS, NEW_WORDS)
        wait_until(lambda: reply().startswith(NEW_WORDS))
        change(file, f"en: {NEW_WORDS}", f'en: {OLD_WORDS} ": ')
        time.sleep(4 * LOOK_SECONDS)
        assert reply().startswith(NEW_WORDS)
