"""What an editor changes is taken over by a running assistant; what is broken is not."""

import time

import pytest
from editing import change
from waiting import wait_until

from clara.errors import ClaraError
from clara.live import LOOK_SECONDS, LiveKnowledge, knowledge_in_service
from clara.settings import Settings

HISTORY = "topics/history.yml"
OLD, NEW = "CLARA is part of the", "CLARA belongs to the"


def cancer_plans(live):
    return live.current.topics["history_cancer_plans"].answer.en


def test_reload_takes_a_new_wording_over_and_names_it(folder):
    live = LiveKnowledge(folder)
    change(folder / HISTORY, OLD, NEW)
    change(folder / "phrases.yml", "Did you mean", "Do you mean")
    assert live.reload() == ["history_cancer_plans", "phrases"]
    assert cancer_plans(live).startswith(NEW)


def test_reload_of_broken_files_keeps_the_words_in_service(folder):
    live = LiveKnowledge(folder)
    change(folder / HISTORY, f"    en: {OLD}", f"    xx: {OLD}")
    with pytest.raises(ClaraError, match="the English answer is missing"):
        live.reload()
    assert cancer_plans(live).startswith(OLD)


def test_reload_keeps_a_fact_out_that_the_page_does_not_state(folder):
    live = LiveKnowledge(folder)
    change(folder / HISTORY, "en: >-\n      Since 2003", "en: >-\n      Since 2013")
    with pytest.raises(ClaraError, match="'2013', which none of its sources does"):
        live.reload()


def test_reload_leaves_what_needs_a_training_to_the_next_start(folder):
    live = LiveKnowledge(folder)
    change(folder / "organisations.yml", "aliases: [Lyonbiopôle,", "aliases: [Lyonbiopôle, the biocluster,")
    with pytest.raises(ClaraError, match="needs a training; start the assistant anew"):
        live.reload()


def test_watching_takes_over_what_is_saved_and_logs_what_is_broken_once(folder, caplog):
    live = knowledge_in_service(Settings(root=folder.parent.parent))
    file = folder / HISTORY
    with caplog.at_level("WARNING", logger="clara"):
        change(file, OLD, NEW)
        wait_until(lambda: cancer_plans(live).startswith(NEW))
        change(file, f"en: {NEW}", f"xx: {NEW}")
        wait_until(lambda: len(caplog.messages) == 2)
        time.sleep(3 * LOOK_SECONDS)
        change(file, f"xx: {NEW}", f"en: {OLD}")
        wait_until(lambda: cancer_plans(live).startswith(OLD))
        wait_until(lambda: len(caplog.messages) == 3)
    assert caplog.messages[0] == caplog.messages[2] == "New words are in service: history_cancer_plans."
    assert caplog.messages[1].startswith("The old words stay in service. knowledge/topics/history.yml, history_cancer_plans: ")
    assert caplog.messages[1].endswith("`make check` says what to do.")
