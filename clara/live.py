"""The knowledge in service: whoever speaks reads it here, and what an editor changes is taken over while the assistant runs."""

import logging
import threading
import time
from functools import cache
from pathlib import Path

from clara.errors import ClaraError
from clara.knowledge import Knowledge, load_knowledge, state_of
from clara.knowledge.addresses import with_addresses
from clara.learned import learned_from
from clara.logs import kind_and_place
from clara.settings import Settings

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # between two looks at the files


class NeedsTraining(ClaraError):
    """The files are sound, but the model that is loaded doesn't fit them."""


class LiveKnowledge:
    """Holds the knowledge in service.

    A change is taken over where the model that is loaded still fits: wordings, titles, suggestions, what is related. Broken
    files, and what needs a training, leave the old words in service, and the log says so.
    """

    def __init__(self, folder: Path, page_url: str = "", contact_url: str = "") -> None:
        """Read the knowledge.

        Args:
            folder: the folder of the knowledge files.
            page_url: see with_addresses.
            contact_url: see with_addresses.

        Raises:
            ClaraError: the files are broken; the text lists every problem.
        """
        self._folder = folder
        self._addresses = (page_url, contact_url)
        self._state = state_of(folder)
        self.current: Knowledge = self._read()

    def reload(self) -> list[str]:
        """Read the files anew; the names of the entries that changed.

        Raises:
            ClaraError: the files are broken, or the model would have to be trained anew; what is in service stays.
        """
        new = self._read()
        if list(learned_from(new)) != list(learned_from(self.current)):
            raise NeedsTraining(
                f"{self._folder.name}: a name, a topic, or a figure in a source has changed, which needs a training; "
                "start the assistant anew with `make run`."
            )
        changed = _changed(self.current, new)
        self.current = new
        return changed

    def watch(self) -> None:
        """Take over, from now on, what changes in the files."""
        threading.Thread(target=self._watch, name="knowledge", daemon=True).start()

    def _watch(self) -> None:
        seen = self._state
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                previous, seen = seen, state_of(self._folder)
                if seen == previous != self._state:  # nobody is still writing
                    self._state = seen
                    self._take_over()
            except Exception as error:  # or nothing would be taken over any more
                logger.error("The old words stay in service: the files can't be looked at (%s).", kind_and_place(error))

    def _take_over(self) -> None:
        try:
            changed = self.reload()
        except NeedsTraining as error:
            logger.error("The old words stay in service. %s", error)
        except ClaraError as error:
            first, *others = str(error).splitlines()
            more = f" (and {len(others)} more)" if others else ""
            logger.error("The old words stay in service. %s%s `make check` says what to do.", first, more)
        else:
            logger.warning("New words are in service: %s.", ", ".join(changed) or "none")

    def _read(self) -> Knowledge:
        return with_addresses(load_knowledge(self._folder), *self._addresses)


def knowledge_in_service(settings: Settings) -> LiveKnowledge:
    """The one knowledge of this process; arguments and errors as LiveKnowledge has them."""
    return _in_service(settings.knowledge, settings.page_url, settings.contact_url)


@cache
def _in_service(folder: Path, page_url: str, contact_url: str) -> LiveKnowledge:
    live = LiveKnowledge(folder, page_url, contact_url)
    live.watch()
    return live


def _changed(old: Knowledge, new: Knowledge) -> list[str]:
    changed = [
        id
        for before, after in ((old.topics, new.topics), (old.refusals, new.refusals), (old.courtesies, new.courtesies))
        for id, entry in after.items()
        if entry != before[id]
    ]
    return changed + (["phrases"] if old.phrases != new.phrases else [])
