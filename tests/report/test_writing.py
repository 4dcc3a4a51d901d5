"""The report as files: a page that fetches nothing and lets nothing through, sheets that spreadsheets take as text."""

import csv
import io
import re

import pytest
from commands import clara
from ruamel.yaml import YAML

from clara.report.groups import Group, Question
from clara.report.material import as_examples, as_topic
from clara.report.words import FILE, words_in
from clara.report.writing import write_report
from clara.stores.feedback import REASONS

HOSTILE = '<script>alert(1)</script> <img src="https://evil.example/x">'


@pytest.fixture
def write(own_settings, tmp_path):
    """Write the report; the page's text, and the folder that it is in."""

    def write(language="en"):
        page, *_ = write_report(own_settings, tmp_path / "reports", 30, language)
        return page.read_text(encoding="utf-8")

    return write


def test_page_holds_figures_titles_and_questions(book, write):
    book.say("one", "Who pays?", "answer", "funders", helpful=False, reason="wrong")
    book.say("two", "What is the budget?", "not_on_page", "not_on_page_money")
    page = write()
    for words in ("CLARA’s funders", "something is incorrect", "What is the budget?", "intent: NAME", "1 rated", "50%"):
        assert words in page, words


def test_page_speaks_french(book, write, knowledge):
    book.say("one", "Qui paie ?", "answer", "funders", language="fr")
    page = write("fr")
    assert '<html lang="fr">' in page
    assert knowledge.topics["funders"].title.fr in page
    assert "Ce que les visiteurs ont demandé" in page


def test_page_of_a_period_without_messages(book, write):
    assert "Nothing was asked in this period." in write()


def test_what_visitors_typed_stays_text_and_nothing_is_fetched(book, write):
    book.say("one", HOSTILE, "off_topic", "off_topic")
    page = write()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert not re.findall(r"<(?:link|img|iframe)|<[a-z]+[^>]+\b(?:src|href)=|@import|url\(", page)


def test_sheets_hold_the_same_and_no_formula(book, write, tmp_path):
    book.say("one", "=HYPERLINK(1);=HYPERLINK(2)", "off_topic", "off_topic")
    book.say("two", "Who pays?", "answer", "funders", helpful=True)
    write()

    def rows(name):
        text = (tmp_path / "reports" / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    assert [row["question"] for row in rows("questions.csv")] == ["'=HYPERLINK(1);'=HYPERLINK(2)"]
    assert [(row["topic"], row["helpful"]) for row in rows("topics.csv")] == [("funders", "1")]
    assert rows("days.csv")[-1]["messages"] == "2"


def test_group_becomes_ways_to_ask_without_what_is_masked_and_without_entities():
    questions = (
        Question("What does [it](cost)?", 2, "en"),
        Question("ça coûte combien", 1, "fr"),
        Question("I'm [name], the price?", 1, "en"),
    )
    blocks = {code: YAML(typ="safe").load(block) for code, block in as_examples(Group(questions, "unclear")).items()}
    assert blocks["en"] == [{"intent": "NAME", "metadata": {"language": "en"}, "examples": "- What does (it)(cost)?\n"}]
    assert blocks["fr"][0]["examples"] == "- ça coûte combien\n"


def test_few_words_become_ways_to_ask_after_what_was_spoken_of():
    questions = (Question("how much?", 2, "en", after="funders"), Question("What does it cost?", 1, "en"))
    found = Group(questions, "unclear")
    alone, after = YAML(typ="safe").load(as_examples(found)["en"])
    assert (alone["metadata"], alone["examples"]) == ({"language": "en"}, "- What does it cost?\n")
    assert (after["metadata"], after["examples"]) == ({"language": "en", "after": "funders"}, "- how much?\n")
    assert YAML(typ="safe").load(as_topic(found))["NAME"]["suggestion"]["en"] == "What does it cost?"


def test_page_says_what_few_words_came_after(book, write):
    book.say("one", "Who pays?", "answer", "funders")
    book.say("one", "how much?", "not_on_page", "not_on_page_money")
    assert "after “CLARA’s funders”" in write()


def test_group_becomes_a_topic_to_be_filled_in():
    entry = YAML(typ="safe").load(as_topic(Group((Question("Why: this?", 1, "en"),), "unclear")))["NAME"]
    assert set(entry) == {"title", "suggestion", "answer", "sources", "related"}
    assert entry["suggestion"] == {"en": "Why: this?", "fr": ""}


def test_words_are_there_in_both_languages_and_for_every_reason():
    content = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    assert all(set(texts) == {"en", "fr"} for texts in content.values())
    assert set(REASONS) <= set(words_in("fr"))


def test_command_says_where_it_wrote(book, own_settings, tmp_path):
    book.say("one", "Who pays?", "answer", "funders")
    folder = str(tmp_path / "written")
    known = {"CONVERSATIONS": str(own_settings.conversations), "LANG": "fr_FR.UTF-8", "LC_ALL": ""}
    said = clara("report", "--days", "2", "--folder", folder, **known)
    assert said.stdout.splitlines() == [f"{folder}/{name}" for name in ("report.html", "days.csv", "topics.csv", "questions.csv")]
    assert '<html lang="fr">' in (tmp_path / "written" / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "written" / "days.csv").read_text(encoding="utf-8-sig").startswith("day;conversations;messages")
    assert clara("report", "--days", "0").stderr == "There is no report over 0 days: ask for 1 to 3660.\n"
