from dataclasses import replace

import pytest

from clara.answering import answer, ask_back, be_courteous, next_topic, refuse, source_line
from clara.answering.reply import Reply
from clara.knowledge import LANGUAGES, Passage


@pytest.fixture
def suggested(knowledge):
    """Finds the topics whose questions a reply suggests."""
    topics = {topic.suggestion[language]: topic.id for topic in knowledge.topics.values() for language in LANGUAGES}
    return lambda reply: [topics[question] for question in reply.suggestions]


def test_answer_carries_its_words_sources_and_related_questions(knowledge, suggested):
    reply = answer(knowledge, ["funders"], "en")
    topic = knowledge.topics["funders"]
    assert (reply.text, reply.kind, reply.about, reply.language) == (topic.answer.en, "answer", ("funders",), "en")
    assert reply.sources == topic.sources
    assert suggested(reply) == list(topic.related)


def test_answer_to_two_topics_is_one_paragraph_in_their_order(knowledge, suggested):
    reply = answer(knowledge, ["organisation_calym", "organisation_lyric"], "fr")
    calym, lyric = knowledge.topics["organisation_calym"], knowledge.topics["organisation_lyric"]
    assert reply.text == f"{calym.answer.fr} {lyric.answer.fr}"
    assert reply.sources == lyric.sources  # they rest on the same passages, told once
    assert suggested(reply) == ["programmes_certified_projects", "organisation_devwecan"]


def test_answer_says_once_what_is_asked_twice(knowledge):
    assert answer(knowledge, ["funders", "funders"], "en") == answer(knowledge, ["funders"], "en")


def test_answer_says_once_what_two_topics_share(knowledge):
    twin = replace(knowledge.topics["funders"], id="twin")
    reply = answer(replace(knowledge, topics={**knowledge.topics, "twin": twin}), ["funders", "twin"], "en")
    assert reply.text == twin.answer.en


def test_answer_to_an_unknown_topic_raises(knowledge):
    with pytest.raises(KeyError):
        answer(knowledge, ["weather"], "en")


def test_answer_in_an_unknown_language_raises(knowledge):
    with pytest.raises(KeyError):
        answer(knowledge, ["funders"], "de")


def test_refusal_has_no_source_and_its_own_suggestions(knowledge, suggested):
    reply = refuse(knowledge, ["not_on_page_money"], "fr")
    assert (reply.kind, reply.sources) == ("not_on_page", ())
    assert suggested(reply) == list(knowledge.refusals["not_on_page_money"].suggestions)


def test_refusal_offers_near_topics_first_and_three_at_most(knowledge, suggested):
    reply = refuse(knowledge, ["unclear"], "en", near=["mission_name", "funders"])
    assert suggested(reply)[:2] == ["mission_name", "funders"]
    assert len(reply.suggestions) == 3


@pytest.mark.parametrize("refusal", ["crisis", "medical"])
def test_refusal_to_somebody_in_need_offers_no_other_subject(knowledge, refusal):
    assert refuse(knowledge, [refusal], "en", near=["mission_patients"]).suggestions == ()


def test_refusal_beside_that_to_somebody_in_need_offers_no_other_subject(knowledge):
    reply = refuse(knowledge, ["not_on_page_money", "medical"], "en", near=["funders"])
    assert (reply.kind, reply.suggestions) == ("medical", ())


def test_refusal_of_two_things_names_both_and_offers_what_is_near_the_first(knowledge, suggested):
    money, people = (knowledge.refusals[f"not_on_page_{what}"] for what in ("money", "people"))
    reply = refuse(knowledge, [money.id, people.id, money.id], "fr")
    assert (reply.text, reply.about) == (f"{money.text.fr} {people.text.fr}", (money.id, people.id))
    assert suggested(reply) == list(money.suggestions)


def test_next_topic_is_the_nearest_that_was_not_told(knowledge):
    funders = knowledge.topics["funders"]
    assert next_topic(knowledge, ["funders"], ["funders"]) == funders.related[0]
    assert next_topic(knowledge, ["funders"], ["funders", *funders.related]) not in funders.related


def test_next_topic_after_a_refusal_is_the_first_it_suggests(knowledge):
    assert next_topic(knowledge, ["not_on_page_money"], []) == knowledge.refusals["not_on_page_money"].suggestions[0]


def test_next_topic_comes_to_every_topic_once(knowledge):
    told = []
    while (topic := next_topic(knowledge, told[-1:], told)) is not None:
        told.append(topic)
    assert sorted(told) == sorted(knowledge.topics)


def test_courtesy_is_returned_in_the_language(knowledge):
    reply = be_courteous(knowledge, "courtesy_thanks", "fr")
    assert (reply.text, reply.kind) == (knowledge.courtesies["courtesy_thanks"].text.fr, "courtesy")


def test_buttons_ask_their_question_as_plain_text(knowledge):
    for button in answer(knowledge, ["funders"], "fr").buttons():
        assert button["title"] == button["payload"]
        assert not button["payload"].startswith("/")


def test_metadata_is_plain_json(knowledge):
    assert answer(knowledge, ["history_creation"], "en").metadata() == {
        "kind": "answer",
        "topics": ["history_creation"],
        "language": "en",
        "sources": [
            {
                "text": "Since 2003, CLARA has been bringing together academic, clinical and industry stakeholders "
                "from Auvergne-Rhône-Alpes",
                "paragraph": 2,
            }
        ],
    }


def test_source_line_names_each_paragraph_once(knowledge):
    passages = (Passage("a", 4), Passage("b", 2), Passage("c", 2), Passage("d", 6))
    reply = Reply("text", "answer", (), "en", sources=passages)
    assert source_line(knowledge, reply) == "Source: CLARA’s About page, paragraphs 2, 4 and 6."


def test_source_line_in_french(knowledge):
    reply = Reply("texte", "answer", (), "fr", sources=(Passage("a", 1),))
    assert source_line(knowledge, reply) == "Source\u00a0: page de présentation du CLARA, paragraphe 1."


def test_source_line_of_a_refusal_is_empty(knowledge):
    assert source_line(knowledge, refuse(knowledge, ["off_topic"], "en")) == ""


def test_asking_back_offers_three_questions_and_none_of_these(knowledge):
    reply = ask_back(knowledge, ["funders", "history_launch", "organisation_inca", "mission_name"], "fr")
    assert (reply.kind, reply.text, reply.sources) == ("did_you_mean", knowledge.phrases.did_you_mean.fr, ())
    offered = [knowledge.topics[id].suggestion.fr for id in ("funders", "history_launch", "organisation_inca")]
    assert reply.suggestions == (*offered, "Aucune de ces questions")
    assert reply.about == ("funders", "history_launch", "organisation_inca")


def test_answer_begins_with_yes_or_no_where_the_page_says_so(knowledge):
    text = knowledge.topics["funders"].answer.en
    assert answer(knowledge, ["funders"], "en", page_says="yes").text == f"Yes. {text}"
    assert answer(knowledge, ["funders"], "en", page_says="no").text == f"No, that’s not what the page says. {text}"
    assert answer(knowledge, ["funders"], "en", page_says="perhaps").text == text


def test_answer_says_in_its_place_what_can_not_be_answered(knowledge):
    reply = answer(knowledge, ["funders", "not_on_page_money", "not_on_page_money"], "fr")
    assert reply.text == f"{knowledge.topics['funders'].answer.fr} {knowledge.refusals['not_on_page_money'].text.fr}"
    assert reply.about == ("funders", "not_on_page_money")
    assert reply.sources == knowledge.topics["funders"].sources


def test_asking_back_about_one_topic_offers_its_relations_too(knowledge):
    topic = knowledge.topics["funders"]
    assert ask_back(knowledge, ["funders"], "en").about == ("funders", *topic.related[:2])
