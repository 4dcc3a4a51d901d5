"""A broken knowledge file is told in words that an editor understands, and every problem at once."""

import pytest
from editing import change

from clara.errors import ClaraError
from clara.knowledge import load_knowledge


def problem_after(folder, name, old, new):
    change(folder / name, old, new)
    with pytest.raises(ClaraError) as caught:
        load_knowledge(folder)
    return str(caught.value)


def test_unknown_topic(folder):
    told = problem_after(folder, "topics/funders.yml", "history_launch", "history_lunch")
    assert told == (
        "knowledge/topics/funders.yml, funders: there is no topic called 'history_lunch'; correct the name or take it out."
    )


def test_source_that_is_not_on_the_page(folder):
    told = problem_after(folder, "topics/history.yml", "- Since 2003,", "- Since 2004,")
    assert "history_creation: the source 'Since 2004," in told
    assert "copy it from there, letter by letter" in told


def test_missing_language(folder):
    told = problem_after(folder, "topics/history.yml", "    fr: >-", "    de: >-")
    assert "history_launch: the French answer is missing; write it under answer, after 'fr:'." in told


def test_yaml_that_cannot_be_read_names_its_line(folder):
    told = problem_after(folder, "refusals.yml", "  kind: off_topic", "  kind: [off_topic")
    assert "knowledge/refusals.yml, line " in told
    assert "this isn't YAML" in told


def test_entry_that_stands_twice_in_a_file(folder):
    told = problem_after(folder, "topics/mission.yml", "mission_name:", "mission_identity:")
    assert "topics/mission.yml, line " in told


def test_broken_file_is_not_blamed_on_those_that_refer_to_it(folder):
    told = problem_after(folder, "topics/mission.yml", "mission_identity:", 'mission_identity: "')
    assert len(told.splitlines()) == 1


def test_misspelt_part_of_an_entry(folder):
    told = problem_after(folder, "refusals.yml", "  suggestions:", "  sugestions:")
    assert "there is no part called 'sugestions'; one of these is meant: contact, kind, suggestions, text, title." in told


def test_refusal_named_like_a_topic(folder):
    told = problem_after(folder, "refusals.yml", "not_on_page_money:", "funders:")
    assert "funders: this name is used in two files" in told


def test_missing_entry_that_the_code_needs(folder):
    told = problem_after(folder, "refusals.yml", "\nunclear:", "\nnot_clear:")
    assert "refusals.yml: the entry 'unclear' is missing" in told


def test_phrase_with_a_place_that_nobody_fills_in(folder):
    told = problem_after(folder, "phrases.yml", "{last}", "{final}")
    assert "phrases.yml, several_paragraphs: the English text must hold {last} and {numbers}, and no other." in told


def test_alias_without_letters_and_alias_of_two_bodies(folder):
    change(folder / "organisations.yml", "aliases: [Lyonbiopôle,", 'aliases: [Lyonbiopôle, "&",')
    told = problem_after(folder, "organisations.yml", "aliases: [OncoTherapy Science,", "aliases: [OncoTherapy Science, INCa,")
    assert "organisation_lyonbiopole: the alias '&' has no letter" in told
    assert "organisation_oncotherapy: the alias 'INCa' is organisation_inca's too" in told


def test_name_used_in_two_files(folder):
    told = problem_after(folder, "organisations.yml", "organisation_inca:", "funders:")
    assert "organisations.yml, funders: this name is used twice" in told


def test_kind_of_refusal_that_does_not_exist(folder):
    told = problem_after(folder, "refusals.yml", "kind: crisis", "kind: criss")
    assert "the kind 'criss' doesn't exist; take one of not_on_page, off_topic" in told


def test_too_many_suggestions(folder):
    told = problem_after(folder, "topics/funders.yml", "related: [", "related: [mission_name, ")
    assert "funders: 'related' names 4 topics; keep 3 at most." in told


def test_missing_file(folder):
    (folder / "courtesies.yml").unlink()
    with pytest.raises(ClaraError, match=r"courtesies\.yml: the file can't be read; put it back"):
        load_knowledge(folder)


def test_every_problem_is_told_at_once(folder):
    change(folder / "refusals.yml", "kind: crisis", "kind: criss")
    told = problem_after(folder, "topics/funders.yml", "history_launch", "history_lunch")
    assert len(told.splitlines()) == 2


def test_knowledge_is_read_once_until_a_file_changes(folder):
    first = load_knowledge(folder)
    assert load_knowledge(folder) is first
    file = folder / "phrases.yml"
    file.write_text(file.read_text() + "# a remark\n")
    assert load_knowledge(folder) is not first
