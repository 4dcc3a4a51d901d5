"""Asks a trained pipeline alone, without the rest of the assistant."""

import asyncio
from collections.abc import Iterable

from rasa.core.agent import load_agent


def likeliest_intents(model: str, texts: Iterable[str]) -> list[str]:
    """The likeliest intent of each text.

    Args:
        model: the path of a trained model.
        texts: what is asked.
    """
    return asyncio.run(_ask(model, texts))


async def _ask(model: str, texts: Iterable[str]) -> list[str]:
    agent = await load_agent(model_path=model)
    return [str((await agent.parse_message(text))["intent"]["name"]) for text in texts]
