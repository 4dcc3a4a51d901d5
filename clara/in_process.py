"""Runs the custom actions in the process that serves: no second process to start, none that can be gone."""

import asyncio
import json
import logging
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from clara.logs import kind_and_place

logger = logging.getLogger(__name__)

ACTION_SECONDS = 10.0


class InProcessActions(EndpointConfig):
    """An action endpoint that hands Rasa's request to the SDK's executor instead of sending it over HTTP.

    It raises what Rasa expects from an action server: the same faults have the same consequences in both ways of running.
    """

    def __init__(self, package: str = "actions", seconds: float = ACTION_SECONDS) -> None:
        """Import the actions.

        Args:
            package: the Python package of the actions.
            seconds: how long an action may take.
        """
        super().__init__(url=f"in-process:{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._seconds = seconds

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that the request's `json` names.

        Raises:
            ClientResponseError: 400, the action rejected to run; 404, there is no such action.
            RasaException: the action raised something else, or took too long.
        """
        call = kwargs["json"]
        name = call.get("next_action")
        try:
            return await asyncio.wait_for(self._executor.run(call), self._seconds)
        except ActionExecutionRejection as error:
            body = json.dumps({"action_name": error.action_name, "error": error.message})
            raise ClientResponseError(400, "rejected", body) from error
        except ActionNotFoundException as error:
            raise ClientResponseError(404, "not found", json.dumps({"action_name": name})) from error
        except asyncio.TimeoutError as error:
            raise RasaException(f"The action {name} took longer than {self._seconds:g} s.") from error
        except Exception as error:
            logger.debug("Why the action failed:", exc_info=True)
            raise RasaException(f"The action {name} failed: {kind_and_place(error)}") from None  # Rasa logs it, and its causes
