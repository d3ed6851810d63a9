from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

from equipment.transmitters import Page, Transmitter, running


Made = TypeVar("Made")
Use = Callable[[Made], Made]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def use(stack: ExitStack) -> Use:
    """Start a piece of equipment, and close it when the journey is over."""

    def use(made: Made) -> Made:
        stack.callback(made.close)  # type: ignore[attr-defined]
        start = getattr(made, "start", None)
        if start:
            start()
        return made

    return use


@pytest.fixture
def transmitter(tmp_path: Path) -> Iterator[Transmitter]:
    with running(tmp_path) as transmitter:
        yield transmitter


@pytest.fixture
def page(transmitter: Transmitter, use: Use) -> Page:
    return use(Page(transmitter))
