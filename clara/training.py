"""Trains the model, when the one that is there doesn't fit the data."""

import hashlib
import logging
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from threadpoolctl import threadpool_limits

from clara.errors import ClaraError
from clara.knowledge import load_knowledge
from clara.learned import learned_from
from clara.settings import Settings

MODEL_PREFIX = "ask-clara-"


def current_model(settings: Settings) -> Path:
    """Where the model of this very state of the data and code stands, trained or not: its name carries their digest."""
    return settings.models / f"{MODEL_PREFIX}{digest(settings)}.tar.gz"


def train(settings: Settings) -> Path:
    """Train the model unless it is there, and return its path.

    Raises:
        ClaraError: the knowledge, the configuration or the training data are broken.
    """
    load_knowledge(settings.knowledge)
    model = current_model(settings)
    if model.exists():
        check_model(model)
        return model
    print("Training the model: up to an hour the first time, on two cores; a quarter of one from then on.", flush=True)
    import rasa.model_training  # slow to import, so only here
    from rasa.shared.exceptions import RasaException

    from clara.logs import configure_logging

    configure_logging(logging.WARNING)
    try:
        with threadpool_limits(1):  # sums depend on how they are shared out: the same files train the same model on any machine
            rasa.model_training.train(
                domain=str(settings.root / "domain.yml"),
                config=str(settings.root / "config.yml"),
                training_files=[str(settings.root / "data")],
                output=str(settings.models),
                # Rasa's own cache doesn't see changes in helper modules or in the knowledge; digest() does.
                force_training=True,
                fixed_model_name=model.name.removesuffix(".tar.gz"),
            )
    except (RasaException, ImportError, ValueError) as error:
        cause = " ".join(str(error.__cause__ or error).split())
        raise ClaraError(
            f"The training failed: {cause} Mend config.yml, domain.yml or data/, and run `make train` again."
        ) from error
    if not model.exists():
        raise ClaraError("The training made no model: read the messages above, mend the data, and run `make train` again.")
    for outdated in set(settings.models.glob(f"{MODEL_PREFIX}*.tar.gz")) - {model}:
        outdated.unlink()
    return model


def check_model(model: Path) -> None:
    """Read the whole model file; ClaraError where it is missing or damaged."""
    if not model.exists():
        raise ClaraError(f"There is no trained model {model.name} in {model.parent.name}/: run `make train`.")
    try:
        with tarfile.open(model) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                while stream and stream.read(1 << 20):
                    pass
    except (tarfile.TarError, EOFError, zlib.error, OSError):
        name = f"{model.parent.name}/{model.name}"
        raise ClaraError(f"The model {name} is damaged: delete it (rm {name}) and run `make train`.") from None


def digest(settings: Settings) -> str:
    """A digest of all that a trained model depends on, 12 hexadecimal digits; wordings of answers are no part of it."""
    hasher = hashlib.sha256()
    for name, content in _inputs(settings):
        hasher.update(f"{name} {len(content)} ".encode())
        hasher.update(content)
    return hasher.hexdigest()[:12]


def _inputs(settings: Settings) -> Iterator[tuple[str, bytes]]:
    root = settings.root
    files = [root / "config.yml", root / "domain.yml", root / "uv.lock"]
    files += (root / "clara" / "nlu").rglob("*.py")
    # Rasa reads whatever stands in data/; the knowledge counts only as far as its names go, below.
    files += (file for file in (root / "data").rglob("*") if file.is_file() and not file.is_relative_to(settings.knowledge))
    for file in sorted(files):
        yield str(file.relative_to(root)), file.read_bytes()
    for name, learned in learned_from(load_knowledge(settings.knowledge)):
        yield name, learned.encode()
