"""The knowledge in service: read once, and read anew when it is told to."""

from pathlib import Path

from clara.knowledge.loader import load_knowledge
from clara.knowledge.model import Knowledge


class LiveKnowledge:
    """Holds the knowledge in service, so that whoever speaks reads it through one object."""

    def __init__(self, folder: Path) -> None:
        """Read the knowledge.

        Args:
            folder: the folder of the knowledge files.

        Raises:
            ClaraError: the files are broken; the text lists every problem.
        """
        self._folder = folder
        self.current: Knowledge = load_knowledge(folder)

    def reload(self) -> None:
        """Read the files anew; where they are broken, raise ClaraError and keep what is in service."""
        self.current = load_knowledge(self._folder)
