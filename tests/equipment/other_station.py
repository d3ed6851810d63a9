"""The other end of a pairing, as far as it goes over the wire: it hears, and answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http import HTTPStatus
from types import TracebackType
from typing import Self

from django.utils import timezone

from equipment.network.asked import Answer, Asked
from equipment.network.handler import Listener, handler_for


class OtherStation:
    """
    Listens from ``with`` to the end of the block.

    Attributes:
        heard: every request that came, in order.
        answers: the status of its answers.
        meanwhile: what else happens while it is told something.
    """

    def __init__(self) -> None:
        self.heard: list[Asked] = []
        self.answers = HTTPStatus.ACCEPTED
        self.meanwhile: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        handler = handler_for(self._answer, timezone.now)
        self._server = Listener(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def _answer(self, asked: Asked) -> Answer:
        self.heard.append(asked)
        self.meanwhile()
        return Answer(self.answers)
