from __future__ import annotations

import io

import pytest
import structlog

from groundwave.transmitter.logs import configure_logs


@pytest.fixture
def printed(monkeypatch):
    printed = io.StringIO()
    before = structlog.get_config()
    monkeypatch.setattr("sys.stderr", printed)
    configure_logs()
    yield printed
    structlog.configure(**before)


def test_what_is_only_of_use_to_a_debugger_is_not_printed(printed):
    log = structlog.get_logger()
    log.debug("patchbay_line_closed")
    log.info("signed_on")

    assert "patchbay_line_closed" not in printed.getvalue()
    assert "signed_on" in printed.getvalue()
