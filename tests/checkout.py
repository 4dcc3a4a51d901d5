"""A copy of this checkout, to be changed: with its trained model, without its environment, conversations and history."""

import shutil
from pathlib import Path

from clara.settings import ROOT, Settings
from clara.training import current_model

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "models", "reports", "results", "conversations.db*", "baseline")


def copy_checkout(folder: Path) -> Path:
    """Copy it into a folder that isn't there yet; the model is the same file as here."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    models = folder / "models"
    models.mkdir()
    model = current_model(Settings())
    if model.exists():
        (models / model.name).symlink_to(model)
    return folder
