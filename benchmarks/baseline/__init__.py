"""The same assistant on Rasa's default configuration: what our speed is measured against."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PYTHON = FOLDER / ".venv" / "bin" / "python"
MODEL = FOLDER / "models" / "baseline.tar.gz"
TRAINING = FOLDER / "models" / "training.json"  # what the training took
EPOCHS = 100  # of Rasa's default
