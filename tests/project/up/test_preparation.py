from __future__ import annotations

from io import StringIO

from rich.console import Console

from groundwave.project.up.preparation import Steps
from groundwave.project.up.printing import Printer
from groundwave.project.up.told import Step


def test_every_step_is_said_however_many_there_are():
    out = StringIO()

    with Printer(Console(file=out)) as printer, Steps(printer) as steps:
        for label in ("The database", "The pages", "The search"):
            steps.show(Step(label=label, done=0, total=0))

    for label in ("The database …", "The pages …", "The search …"):
        assert label in out.getvalue()
