"""Where things stand, and every setting that the environment may give, typed and checked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clara.errors import ClaraError

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "data" / "knowledge"


@dataclass(frozen=True)
class Settings:
    """The settings, with their defaults.

    Attributes:
        port: TCP port of the server on 127.0.0.1, 1 to 65535 (PORT).
        conversations: the SQLite file of the conversations, instead of the one in endpoints.yml (CONVERSATIONS).
        root: the checkout: config.yml, domain.yml, data/ and models/ stand in it.
    """

    port: int = 5005
    conversations: Path | None = None
    root: Path = ROOT

    @property
    def knowledge(self) -> Path:
        """The folder of the knowledge files."""
        return self.root / "data" / "knowledge"

    @property
    def models(self) -> Path:
        """The folder of the trained models."""
        return self.root / "models"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; ClaraError where one has a value it can't have."""
    text = environment.get("PORT", "") or str(Settings.port)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ClaraError(f"PORT is {text!r}, but must be a number from 1 to 65535: set it so, or leave it out.")
    conversations = environment.get("CONVERSATIONS")
    return Settings(port=int(text), conversations=Path(conversations) if conversations else None)
