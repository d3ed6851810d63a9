"""What an origin told of changes to its story, as what our readers are told of our copy."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from groundwave.newsroom.models import ChangeKind
from groundwave.syndication.incoming import Incoming, Remark
from groundwave.syndication.safe_html import plain


Raw = dict[str, Any]

_NAMESPACE = uuid.UUID("1f6d0a52-7b8e-4f0b-8d57-3a8c9a0d6f24")


def remarks_of(story: Incoming, copy: str, *, now: datetime) -> list[Raw]:
    """
    Return its corrections, notes and last significant update, each once and for good.

    One whose words are amended is another one: what was said stays said. None is of
    the future, whatever upstream's clock reads.

    Args:
        story: as it came.
        copy: what tells our copy of it from every other one.
        now: when it came; of what has no date itself.
    """
    remarks = [*_told(story, copy, now=now)]
    if story.updated_at and story.updated_at != story.published_at:
        when = min(story.updated_at, now)
        uid = _uid(copy, "update", story.updated_at.isoformat())
        remarks.append(_remark(uid, ChangeKind.UPDATE, "", when, is_significant=True))
    return remarks


def _told(story: Incoming, copy: str, *, now: datetime) -> Iterator[Raw]:
    for kind, remarks in (
        (ChangeKind.CORRECTION, story.corrections),
        (ChangeKind.EDITORS_NOTE, story.notes),
    ):
        for each in remarks:
            text = _words(each)
            if text:
                uid = _uid(copy, each.id, text)
                is_correction = kind == ChangeKind.CORRECTION
                when = min(each.at or now, now)
                yield _remark(uid, kind, text, when, is_significant=is_correction)


def _words(remark: Remark) -> str:
    return plain(remark.html)


def _uid(*names: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "\n".join(names)))


def _remark(
    uid: str, kind: ChangeKind, text: str, at: datetime, *, is_significant: bool
) -> Raw:
    return {
        "uid": uid,
        "kind": kind.value,
        "text": text,
        "at": at.isoformat(),
        "is_significant": is_significant,
    }
