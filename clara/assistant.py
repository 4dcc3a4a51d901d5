"""Puts the assistant together from Rasa's parts, for the server and for the shell."""

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints

from clara.errors import ClaraError
from clara.in_process import InProcessActions
from clara.rasa_changes import change_rasa
from clara.settings import Settings
from clara.training import check_model, current_model


def endpoints(settings: Settings) -> AvailableEndpoints:
    """endpoints.yml, but with the actions in this process."""
    found = AvailableEndpoints.read_endpoints(str(settings.root / "endpoints.yml"))
    found.action = InProcessActions()
    return found


def trained_model(settings: Settings) -> str:
    """The path of the model to serve; ClaraError where it is missing or damaged."""
    model = current_model(settings)
    check_model(model)
    return str(model)


async def console_agent(settings: Settings, model: str) -> Agent:
    """An agent for the shell: its conversations are kept in memory only, and nobody is told of them.

    Args:
        settings: which assistant.
        model: the path of its trained model.

    Raises:
        ClaraError: the model can't be loaded.
    """
    change_rasa()  # elsewhere the store does
    parts = endpoints(settings)
    parts.tracker_store = parts.event_broker = None
    agent = await load_agent(model_path=model, endpoints=parts)
    if not agent.is_ready():
        raise ClaraError("The model can't be loaded: delete it and run `make train`.")
    return agent
