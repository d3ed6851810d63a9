"""Log lines for a person: what is JSON in a file is a sentence in a window."""

from __future__ import annotations

import json


_LEFT_OUT = {"event", "timestamp", "level", "logger", "exception"}


def legible(line: str) -> str:
    """Return *line* as it is, or its event and fields if it is a JSON record."""
    if not line.startswith("{"):
        return line
    try:
        record = json.loads(line)
    except ValueError:
        return line
    if not isinstance(record, dict) or "event" not in record:
        return line
    fields = [f"{key}={text}" for key, text in record.items() if key not in _LEFT_OUT]
    level = str(record.get("level", "")).upper()
    loud = [level] if level in {"WARNING", "ERROR", "CRITICAL"} else []
    said = " ".join([*loud, str(record["event"]), *fields])
    return f"{said}\n{record['exception']}" if "exception" in record else said
