"""What was asked in vain comes together by its meaning, in both languages, the most frequent first."""


def test_questions_that_mean_the_same_come_together(book, groups, asked):
    for visitor, text, language in [
        ("one", "What is CLARA's annual budget?", "en"),
        ("two", "what is clara's annual budget", "en"),
        ("three", "Quel est le budget annuel du CLARA ?", "fr"),
        ("four", "How much does a researcher earn there?", "en"),
    ]:
        book.say(visitor, text, "not_on_page", "not_on_page_money", language=language)
    budget, wages = groups()
    assert asked(budget) == {"What is CLARA's annual budget?": 2, "Quel est le budget annuel du CLARA ?": 1}
    assert [question.language for question in budget.questions] == ["en", "fr"]
    assert (budget.asked, wages.asked) == (3, 1)
    assert budget.taken_for == "not_on_page_money"


def test_what_was_taken_differently_stays_apart(book, groups):
    book.say("one", "What is the budget?", "not_on_page", "not_on_page_money")
    book.say("two", "What is the budget?", "unclear", "unclear")
    assert {found.taken_for for found in groups()} == {"not_on_page_money", "unclear"}


def test_few_words_stay_with_what_they_came_after(book, groups):
    for visitor, topic in [("one", "funders"), ("two", "programmes_platforms")]:
        book.say(visitor, "Tell me", "answer", topic)
        book.say(visitor, "thanks", "courtesy", "courtesy_thanks")
        book.say(visitor, "how much?", "not_on_page", "not_on_page_money")
        book.say(visitor, "And what is the budget for this year?", "not_on_page", "not_on_page_money")
    book.say("three", "How much?", "not_on_page", "not_on_page_money")
    questions = {(question.text, question.after): question.asked for found in groups() for question in found.questions}
    assert questions == {
        ("how much?", "funders"): 1,
        ("how much?", "programmes_platforms"): 1,
        ("How much?", ""): 1,
        ("And what is the budget for this year?", ""): 2,
    }


def test_answers_courtesies_and_private_messages_are_not_among_them(book, groups):
    book.say("one", "Who pays?", "answer", "funders", helpful=True)
    book.say("one", "hello", "courtesy", "courtesy_greeting")
    book.say("one", "[not kept]", "medical", "medical")
    book.say("one", "[not kept]", "crisis", "crisis")
    assert groups() == []


def test_what_was_answered_in_part_or_without_use_or_not_at_all_is(book, groups):
    book.say("one", "Who pays, and how much?", "answer", "funders", "not_on_page_money")
    book.say("two", "Who is behind it?", "answer", "funders", helpful=False)
    book.say("three", "the thing", "did_you_mean", "funders")
    book.say("four", "hm?", None)
    assert {found.taken_for for found in groups()} == {"not_on_page_money", "unhelpful", "did_you_mean", ""}


def test_words_are_masked(book, groups):
    book.say("one", "My name is Jane Doe, jane@doe.org, what is your budget?", "not_on_page", "not_on_page_money")
    (found,) = groups()
    assert found.questions[0].text == "My name is [name], [e-mail], what is your budget?"
