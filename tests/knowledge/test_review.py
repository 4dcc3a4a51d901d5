"""Words that may not go into service are refused in words that an editor understands."""

import pytest
from editing import change

from clara.knowledge import load_knowledge, problems_of

HISTORY, MISSION, ORGANISATIONS = "topics/history.yml", "topics/mission.yml", "organisations.yml"


def problem_after(folder, name, old, new):
    change(folder / name, old, new)
    return "\n".join(problems_of(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (HISTORY, "Since 2003, CLARA has been bringing", "Since 2004, CLARA has been bringing", "English answer says '2004'"),
        (HISTORY, "Depuis 2003", "Depuis 2004", "French answer says '2004', which names.yml doesn't know"),
        (HISTORY, "the French National Cancer Plans", "the French Ministry of Health", "English answer says 'Ministry'"),
        (HISTORY, "cadre des Plans cancer", "cadre du Ministère", "French answer says 'Ministère', which names.yml doesn't know"),
        ("topics/funders.yml", "Fonds européen", "SIRIC LYric", "French answer says 'SIRIC LYric', which none of its sources"),
    ],
)
def test_names_and_figures_of_answers_stand_in_their_sources(folder, file, old, new, told):
    assert told in problem_after(folder, file, old, new)


def test_answer_that_has_lost_its_full_stop(folder):
    text = load_knowledge(folder).topics["history_cancer_plans"].answer.en
    told = problem_after(folder, HISTORY, text, text.rstrip("."))
    assert "history_cancer_plans: the English answer must begin with a capital letter, and end with a full stop." in told


@pytest.mark.parametrize(
    ("suggestion", "told"),
    [
        ("Who launched CLARA.", "the English suggestion must be a question"),
        (f"Who launched CLARA{' indeed' * 8}?", "the English suggestion is too long for a button"),
        ("Who launched CLARA in 2003?", "the English title and suggestion must state no figure"),
        ("How long has CLARA existed?", "suggestion is history_launch's too; ask something else."),
    ],
)
def test_suggestion_that_no_button_can_bear(folder, suggestion, told):
    assert told in problem_after(folder, HISTORY, 'suggestion: {en: "Who launched CLARA?"', f'suggestion: {{en: "{suggestion}"')


def test_topic_that_is_related_to_itself(folder):
    told = problem_after(folder, "topics/funders.yml", "related: [history_launch", "related: [funders")
    assert "funders: 'related' must name one topic or more, and not this one" in told


def test_refusal_that_states_a_figure(folder):
    text = load_knowledge(folder).refusals["off_topic"].text.en.split(",")[0]
    told = problem_after(folder, "refusals.yml", text.split()[-1], f"12 {text.split()[-1]}")
    assert "text says 12; only answers state figures: take it out." in told


def test_care_without_an_emergency_number(folder):
    told = problem_after(folder, "refusals.yml", "3114", "")
    assert "text doesn't name 3114; somebody in distress needs it: put it back." in told


def test_organisation_under_a_name_that_the_page_does_not_have(folder):
    told = problem_after(folder, ORGANISATIONS, "aliases: [Lyonbiopôle,", "aliases: [Lyonbiopole Cluster,")
    assert "organisations.yml, organisation_lyonbiopole: the page has no 'Lyonbiopole Cluster'" in told


def test_new_page_lists_the_answers_that_lost_their_passage_and_the_nearest_there_is(folder):
    told = problem_after(folder, "page.en.txt", "a portfolio of 30 transfer projects", "a portfolio of 45 transfer projects")
    assert "topics/programmes.yml, programmes_transfer_projects: the source 'a portfolio of 30 transfer projects" in told
    assert "The nearest there is 'Ten years after its creation" in told


def test_new_page_lists_the_sentences_that_no_topic_covers(folder):
    page = folder / "page.en.txt"
    page.write_text(
        page.read_text(encoding="utf-8").replace("Partager", "CLARA has a new building.\n\nPartager"), encoding="utf-8"
    )
    assert problems_of(folder) == [
        "knowledge/page.en.txt: no topic rests on 'CLARA has a new building.'; write one, or add it to the sources of one."
    ]
    assert load_knowledge(folder).topics, "a sentence without a topic keeps nobody from answering the rest"
