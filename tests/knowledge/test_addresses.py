from clara.answering import refuse, reply_to, source_line
from clara.knowledge.addresses import with_addresses

PAGE, CONTACT = "https://example.org/about", "https://example.org/contact"


def test_without_addresses_nothing_changes(knowledge):
    assert with_addresses(knowledge, "", "") == knowledge


def test_refusal_about_contact_says_where_to_write(knowledge):
    known = with_addresses(knowledge, "", CONTACT)
    english, french = (refuse(known, ["not_on_page_contact"], language).text for language in ("en", "fr"))
    assert english.endswith(f"You can, however, get in touch with CLARA here: {CONTACT}")
    assert french.endswith(f"Vous pouvez toutefois joindre le CLARA ici\u00a0: {CONTACT}")


def test_other_refusals_do_not(knowledge):
    known = with_addresses(knowledge, PAGE, CONTACT)
    for id in set(knowledge.refusals) - {"not_on_page_contact"}:
        assert refuse(known, [id], "en") == refuse(knowledge, [id], "en")


def test_contact_is_said_beside_an_answer_too(knowledge):
    known = with_addresses(knowledge, "", CONTACT)
    assert CONTACT in reply_to(known, ["funders", "not_on_page_contact"], "en").text


def test_source_line_names_the_page(knowledge):
    known = with_addresses(knowledge, PAGE, "")
    reply = reply_to(known, ["funders"], "fr")
    assert source_line(known, reply).endswith(f", paragraphe 1. {PAGE}")
    assert reply == reply_to(knowledge, ["funders"], "fr")
