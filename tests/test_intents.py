"""Knowledge, domain, rules and training questions hold the same names; what is missing is said in words for an editor."""

import re
import shutil

import pytest
from editing import change

from clara.intents import AT_LEAST, out_of_step
from clara.settings import ROOT


@pytest.fixture
def checkout(tmp_path):
    shutil.copy(ROOT / "domain.yml", tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def test_this_checkout_is_in_step(knowledge):
    assert out_of_step(knowledge, ROOT) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("domain.yml", "  - funders\n", "", ["domain.yml: funders is missing; add it under 'intents'."]),
        (
            "domain.yml",
            "  - funders\n",
            "  - funders\n  - donors\n",
            ["domain.yml: nothing in the knowledge is called donors; take it out of 'intents'."],
        ),
        (
            "data/rules.yml",
            "          - intent: funders\n",
            "",
            ["data/rules.yml: funders is missing; add it to the rule that ends in action_answer."],
        ),
        (
            "data/rules.yml",
            "          - intent: funders\n",
            "          - intent: donors\n",
            [
                "data/rules.yml: funders is missing; add it to the rule that ends in action_answer.",
                "data/rules.yml: nothing in the knowledge is called donors; take it out.",
            ],
        ),
    ],
)
def test_name_that_is_missing_or_left_over(knowledge, checkout, file, old, new, told):
    change(checkout / file, old, new)
    assert out_of_step(knowledge, checkout) == told


def test_questions_that_are_too_few(knowledge, checkout, monkeypatch):
    monkeypatch.setitem(AT_LEAST, "topic", 10_000)
    told = out_of_step(knowledge, checkout)
    assert len(told) == 2 * len(knowledge.topics)
    assert re.fullmatch(r"data/nlu/en: funders has \d+ ways to ask in English; write 10000 or more\.", told[0])


def test_topic_after_which_nothing_is_asked(knowledge, checkout):
    (checkout / "data" / "nlu" / "en" / "followups.yml").write_text("nlu: []\n")
    told = out_of_step(knowledge, checkout)
    assert "data/nlu/en/followups.yml: nothing is asked after funders; write some that one may ask then." in told
    assert not any("unclear" in line or "courtesy" in line for line in told)


def test_questions_for_what_the_knowledge_does_not_have(knowledge, checkout):
    change(checkout / "data" / "nlu" / "fr" / "funders.yml", "intent: funders", "intent: donors")
    assert "data/nlu/fr: there are questions for donors, which the knowledge doesn't have; take them out." in out_of_step(
        knowledge, checkout
    )
