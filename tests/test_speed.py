"""What `make benchmark` makes of what it measured."""

import pytest

from benchmarks.baseline.__main__ import last_epoch_seconds
from benchmarks.speed.report import Row, anatomy_table, table


def test_last_epoch_is_read_from_what_the_training_printed():
    printed = (
        "Epochs:   0%|          | 0/2 [00:00<?, ?it/s]\r"
        "Epochs:  50%|#####     | 1/2 [15:10<15:10, 910.0s/it, t_loss=9.1]\r"
        "Epochs: 100%|##########| 2/2 [1:10:40<00:00, 1900s/it, t_loss=8.2]\n"
    )
    assert last_epoch_seconds(printed) == 3600 + 40 - 10 - 5 * 60


def test_training_that_printed_no_epoch_is_told():
    with pytest.raises(ValueError, match="no end of an epoch"):
        last_epoch_seconds("Epochs:   0%|          | 0/2 [00:00<?, ?it/s]")


@pytest.mark.parametrize(
    ("row", "ratio", "line"),
    [
        (Row("a message", "ms", [20, 10, 30], [100], "6x"), 5, "| a message | 20 (10 to 30) ms | 100 ms | **5.0x** | 6x |"),
        (Row("rate", "/s", [30], [10], more_is_better=True), 3, "| rate | 30 /s | 10 /s | **3.0x** |  |"),
        (Row("memory", "MB", [300], [1234.5], is_share=True), 0.243, "| memory | 300 MB | 1,230 MB | **0.24x** |  |"),
        (Row("alone", "s", [1.6666]), None, "| alone | 1.67 s |  |  |  |"),
    ],
)
def test_row_tells_medians_spread_and_ratio(row, ratio, line):
    assert row.ratio == (None if ratio is None else pytest.approx(ratio, rel=1e-2))
    assert row.line() == line
    assert table([row]).splitlines()[-1] == line


def test_anatomy_tells_shares_of_a_message_and_the_limit():
    lines = anatomy_table({"all": 0.05, "E5Encoder": 0.02, "IntentClassifier": 0.005, "dust": 0.00001}).splitlines()
    assert lines[2] == "| **all** | 50.00 | 100.0% |"
    assert lines[3].endswith("| 25.00 | 50.0% |")
    assert "which no server can avoid" in lines[3]
    assert not any("dust" in line for line in lines)
