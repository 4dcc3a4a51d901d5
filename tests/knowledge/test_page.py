from clara.knowledge import Page, Passage


def test_paragraphs_leave_the_furniture_out():
    page = Page("About us\n\nOne\nparagraph.\n\nAnother.\n\nHaut de page")
    assert page.paragraphs == ("One paragraph.", "Another.")


def test_locate_finds_the_paragraph_of_an_exact_stretch():
    page = Page("First things first.\n\nSecond things second.")
    assert page.locate("things second") == Passage("things second", 2)


def test_locate_finds_nothing_that_is_not_there_word_for_word():
    page = Page("First things first.")
    assert page.locate("First thing first") is None
    assert page.locate("") is None


def test_sentences_of_all_paragraphs_in_order():
    assert Page("One. Two.\n\nThree.").sentences() == ["One.", "Two.", "Three."]
