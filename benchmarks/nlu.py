"""The pipeline alone, without the rest of the assistant: its settings, and what it makes of texts."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import load_agent
from ruamel.yaml import YAML


def pipeline_settings(root: Path) -> Mapping[str, Mapping[str, Any]]:
    """What config.yml sets of each component, by the name of its class.

    Args:
        root: the folder that holds config.yml.
    """
    config = YAML(typ="safe", pure=True).load((root / "config.yml").read_text(encoding="utf-8"))
    return {step["name"].rpartition(".")[2]: step for step in config["pipeline"]}


def write_with_epochs(config: Path, epochs: int, folder: Path) -> Path:
    """A copy of a configuration in a folder, with so many epochs for each component that has some; its path."""
    content = YAML(typ="safe", pure=True).load(config.read_text(encoding="utf-8"))
    for step in content["pipeline"]:
        if "epochs" in step:
            step["epochs"] = epochs
    file = folder / "config.yml"
    with file.open("w", encoding="utf-8") as stream:
        YAML(pure=True).dump(content, stream)
    return file


def understood(model: str, texts: Iterable[str]) -> list[dict[str, Any]]:
    """What a pipeline makes of each text, as Rasa gives it.

    Args:
        model: the path of a trained model.
        texts: what is asked.
    """
    return asyncio.run(_ask(model, texts))


def likeliest_intents(model: str, texts: Iterable[str]) -> list[str]:
    """The likeliest intent of each text; arguments as understood()'s."""
    return [str(message["intent"]["name"]) for message in understood(model, texts)]


async def _ask(model: str, texts: Iterable[str]) -> list[dict[str, Any]]:
    agent = await load_agent(model_path=model)
    return [await agent.parse_message(text) for text in texts]
