"""What is logged."""

import logging
import traceback
import warnings

from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog


def configure_logging(level: int) -> None:
    """Set Rasa's logging up as its own command line does: without it, visitors' text is printed."""
    configure_logging_and_warnings(level, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(level)
    # Rasa has just asked for every UserWarning once; some libraries' deprecation warnings are of that kind too.
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)


def kind_and_place(error: BaseException) -> str:
    """What kind of error it is and where it arose: its own text may hold a visitor's words, which the log must not."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"
