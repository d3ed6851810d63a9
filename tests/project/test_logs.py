from __future__ import annotations

import io
import logging

import pytest


TASKS = logging.getLogger("django_tasks")


@pytest.fixture
def said():
    """What the log says of tasks, in a worker, whose command sets its own level."""
    (handler,) = (each for each in TASKS.handlers if each.name == "troubles")
    level, said = TASKS.level, io.StringIO()
    before = handler.setStream(said)
    TASKS.setLevel(logging.INFO)
    yield said
    TASKS.setLevel(level)
    handler.setStream(before)


def test_a_task_is_heard_of_only_when_it_fails(said):
    TASKS.info("Task state=RUNNING")
    TASKS.error("Task state=FAILED")

    assert "RUNNING" not in said.getvalue()
    assert "FAILED" in said.getvalue()
