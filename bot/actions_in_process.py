"""An action endpoint without a second server: Rasa's calls go straight to the SDK's executor."""

from __future__ import annotations

import json
import logging
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

PACKAGE = "actions"


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Looks to Rasa like the address of an action server; runs the ``actions`` package in this process.

    The domain is not sent along (``enable_selective_domain``): our actions do not read it.
    """

    def __init__(self) -> None:
        super().__init__(url="in-process://actions", enable_selective_domain=True)
        logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
        self.executor = ActionExecutor()
        self.executor.register_package(PACKAGE)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:  # noqa: ARG002
        """Run the action that ``kwargs["json"]`` names; failures look as they would over HTTP."""
        call = kwargs["json"]
        try:
            return await self.executor.run(call)
        except ActionExecutionRejection as error:
            body = json.dumps({"error": str(error), "action_name": error.action_name})
            raise ClientResponseError(400, "Bad Request", body) from error
        except ActionNotFoundException as error:
            body = json.dumps({"error": str(error), "action_name": error.action_name})
            raise ClientResponseError(404, "Not Found", body) from error
