"""The console, part by part."""

import asyncio

import pytest

from clara.answering.reply import ANSWER, COURTESY, DID_YOU_MEAN
from clara.channels.offering import starters
from clara.knowledge.model import REFUSAL_KINDS
from clara.live import LiveKnowledge
from clara.settings import Limits
from clara.shell.show import shown
from clara.shell.talk import Conversation, read_line
from clara.shell.terminal import BOLD, DIM, PLAIN, Paragraph, Terminal
from clara.shell.words import HELP, KINDS, language_of

REPLY = {
    "text": "Le CLARA s’inscrit dans le cadre des Plans cancer.",
    "kind": "answer",
    "topics": ["history_cancer_plans"],
    "language": "fr",
    "sources": [{"text": "It is part of the French National Cancer Plans", "paragraph": 1}],
    "suggestions": ["Qui a lancé le CLARA ?", "Qui finance le CLARA ?"],
}
FILE = Terminal("en")
SCREEN = Terminal("en", typed=True, wrapped=True, styled=True)


def lines(paragraphs, terminal=FILE, columns=80):
    return [line for paragraph in paragraphs for line in terminal.lines(paragraph, columns)]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CH"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "frr_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_language_is_the_environment_s(environment, language):
    assert language_of(environment) == language


def test_every_kind_of_reply_has_its_words():
    assert set(KINDS) == {ANSWER, COURTESY, DID_YOU_MEAN, *REFUSAL_KINDS}


def test_reply_has_text_kind_entry_source_and_numbered_suggestions(knowledge):
    assert lines(shown(REPLY, knowledge.phrases, "en")) == [
        "",
        "Le CLARA s’inscrit dans le cadre des Plans cancer.",
        "  Answer · history_cancer_plans",
        "  § 1  “It is part of the French National Cancer Plans” (passage d’origine en anglais)",
        "  1. Qui a lancé le CLARA ?",
        "  2. Qui finance le CLARA ?",
    ]


def test_kind_is_told_in_the_console_s_language(knowledge):
    assert "  Réponse · history_cancer_plans" in lines(shown(REPLY, knowledge.phrases, "fr"))


def test_lines_fit_the_terminal_and_hang_beneath_their_label():
    numbered = Paragraph("one two three four five six", "  1. ")
    assert lines([numbered], SCREEN, columns=20) == ["  1. one two three", "     four five six"]


def test_no_break_space_holds_a_line_together():
    assert lines([Paragraph("Qui finance le CLARA\u202f?")], SCREEN, columns=21) == ["Qui finance le", "CLARA\u202f?"]


def test_words_longer_than_a_line_and_silly_widths_do_no_harm():
    assert "".join(lines([Paragraph("x" * 50, "  ")], SCREEN, columns=0)).replace(" ", "") == "x" * 50


def test_what_is_cut_gets_one_line():
    assert lines([Paragraph("word " * 50, "  intent  ", cut=True)], SCREEN, columns=20) == ["  intent  word word…"]


def test_off_a_terminal_a_paragraph_is_a_line():
    long = "word " * 50
    assert lines([Paragraph(long, "  1. ", BOLD), Paragraph(long, cut=True)]) == [f"  1. {long}", long]


def test_style_ends_with_its_line():
    (first, second) = lines([Paragraph("one two three four five", style=DIM)], SCREEN, columns=20)
    assert first == f"{DIM}one two three four{PLAIN}"
    assert second == f"{DIM}five{PLAIN}"


class Assistant:
    """Stands where Rasa's agent does; keeps what it hears."""

    def __init__(self):
        self.heard = []
        self.silent = False

    async def handle_message(self, message):
        self.heard.append(message)
        if not self.silent:
            buttons = [{"title": question} for question in REPLY["suggestions"]]
            await message.output_channel.send_response("", {"text": REPLY["text"], "reply": REPLY, "buttons": buttons})


@pytest.fixture
def assistant():
    return Assistant()


@pytest.fixture
def say(assistant, settings, capsys):
    """Puts lines to the console, in French; returns what it shows after the last."""
    conversation = Conversation(assistant, LiveKnowledge(settings.knowledge), Terminal("fr"), Limits(), debug=False)
    conversation.begin()

    def take(*typed):
        for line in typed:
            capsys.readouterr()
            asyncio.run(conversation.take(line))
        return capsys.readouterr().out.strip()

    return take


def test_assistant_hears_the_text_and_the_console_s_language(say, assistant):
    say("LabEx ?")
    (message,) = assistant.heard
    assert (message.text, message.metadata, message.input_channel) == ("LabEx ?", {"language": "fr"}, "console")


def test_number_asks_what_the_last_reply_suggested(say, assistant):
    say("LabEx ?", "2")
    assert assistant.heard[-1].text == REPLY["suggestions"][1]


def test_number_asks_what_was_offered_at_the_beginning(say, assistant, knowledge):
    say("1")
    assert assistant.heard[0].text == starters(knowledge, "fr")[0]


def test_question_that_a_number_asks_is_shown(say):
    say("LabEx ?")
    assert say("2").startswith(f"→ {REPLY['suggestions'][1]}\n")


def test_new_begins_another_conversation(say, assistant):
    say("LabEx ?", "/new", "LabEx ?")
    assert assistant.heard[0].sender_id != assistant.heard[1].sender_id


def test_unknown_command_is_said_to_be_so_and_not_sent(say, assistant):
    assert say("/restart") == "La commande /restart n’existe pas\u202f; rien n’a été envoyé. /help affiche les commandes."
    assert not assistant.heard


def test_command_behind_a_control_character_is_plain_text(say, assistant):
    say("\x01/restart")
    assert assistant.heard[0].text == "restart"


def test_help_lists_every_command(say, assistant):
    told = say("/help")
    assert all(command in told for command in HELP)
    assert not assistant.heard


def test_what_visitors_may_not_send_is_rejected_in_their_words(say, assistant, knowledge):
    assert say("x" * 501) == knowledge.phrases.too_long["fr"]
    assert say("") == knowledge.phrases.empty["fr"]
    assert say("caf\udce9") == knowledge.phrases.unreadable["fr"]
    assert not assistant.heard


def test_silence_is_apologised_for(say, assistant, knowledge):
    assistant.silent = True
    assert say("LabEx ?") == knowledge.phrases.apology["fr"]


def test_reading_stops_at_the_end_of_input_at_ctrl_c_and_on_demand():
    def raises(error):
        def read(prompt):
            raise error

        return read

    assert read_line(FILE, raises(EOFError)) is None
    assert read_line(FILE, raises(KeyboardInterrupt)) is None
    assert read_line(FILE, lambda prompt: " /stop ") is None
    assert read_line(FILE, lambda prompt: " who? ") == "who?"


def test_nobody_is_prompted_who_does_not_type():
    assert read_line(FILE, lambda prompt: prompt or "nothing") == "nothing"
    assert read_line(SCREEN, lambda prompt: prompt) == ">"
