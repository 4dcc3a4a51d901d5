"""The knowledge in service: read once, and read anew when it is told to."""

from pathlib import Path

from clara.knowledge.addresses import with_addresses
from clara.knowledge.loader import load_knowledge
from clara.knowledge.model import Knowledge


class LiveKnowledge:
    """Holds the knowledge in service, so that whoever speaks reads it through one object."""

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
        self.current: Knowledge = self._read()

    def reload(self) -> None:
        """Read the files anew; where they are broken, raise ClaraError and keep what is in service."""
        self.current = self._read()

    def _read(self) -> Knowledge:
        return with_addresses(load_knowledge(self._folder), *self._addresses)
