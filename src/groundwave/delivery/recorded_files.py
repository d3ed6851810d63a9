"""
Recordings as files: whole, or the piece that a player is about to need.

Law: whoever downloads a whole file over a slow line holds one of the site's threads all
the while, so at most ``MOST_WHOLE`` do at once; more than half stay free for pages.
"""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from http import HTTPStatus
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groundwave.delivery.ranges import NotThere, piece
from groundwave.newsroom.withdrawn_files import refuse_withdrawn
from groundwave.pages.models import Recording
from groundwave.syndication.carrying.sounds import was_taken_back


# The site has two threads for each processor and one more.
MOST_WHOLE = os.cpu_count() or 1
RETRY_SECONDS = 60

_turns = threading.BoundedSemaphore(MOST_WHOLE)


class _TooMany(Exception):
    """As many whole files are being sent as may be."""


class _Whole(FileResponse):
    """A whole file; its turn ends when it is closed, or given up unclosed."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self._end_turn = weakref.finalize(self, _turns.release)

    def close(self) -> None:
        super().close()
        self._end_turn()


@require_safe
def recorded_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a recording's file; nothing else that people upload is for the public."""
    kept = f"recordings/{name}"
    recording = Recording.objects.filter(file=kept).first()
    if recording is None:
        return _nothing_at(kept)
    refuse_withdrawn(recording, request.user)
    try:
        response = _answer(request, recording.file, name)
    except FileNotFoundError as lost:
        raise Http404(_("The file of this recording is lost.")) from lost
    except _TooMany:
        return _later()
    response["Content-Type"] = recording.media_type or "application/octet-stream"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(name)
    # A browser's cache fails a piece that is shorter than what was asked for.
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, file: FieldFile, name: str) -> HttpResponseBase:
    total = file.size
    try:
        wanted = piece(_asked(request, name), total)
    except NotThere:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{total}"})
    if wanted is not None:
        return _piece(file, wanted, total)
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(total)})
    return _whole(file)


def _whole(file: FieldFile) -> HttpResponseBase:
    opened = file.open("rb")
    if not _turns.acquire(blocking=False):
        opened.close()
        raise _TooMany
    return _Whole(opened)


def _nothing_at(file: str) -> HttpResponse:
    if not was_taken_back(file):
        raise Http404(_("There is no such recording."))
    said = _(
        "Whoever made this recording has taken it back. It cannot be heard any more."
    )
    return HttpResponse(said, status=410, content_type="text/plain; charset=utf-8")


def _later() -> HttpResponse:
    said = _(
        "Others are downloading just now. Try again in a minute, or press Listen: that "
        "needs no turn."
    )
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(
        said, status=503, headers=headers, content_type="text/plain; charset=utf-8"
    )


def _piece(file: FieldFile, wanted: range, total: int) -> HttpResponse:
    with file.open("rb") as opened:
        opened.seek(wanted.start)
        response = HttpResponse(
            opened.read(len(wanted)), status=HTTPStatus.PARTIAL_CONTENT
        )
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{total}"
    return response


def _asked(request: HttpRequest, name: str) -> str:
    """Return the range; a client whose file is another one must begin anew."""
    known = request.headers.get("If-Range", _tag(name))
    return request.headers.get("Range", "") if known == _tag(name) else ""


def _tag(name: str) -> str:
    # A file is never changed under its name, in which a header could not hold it all.
    return f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'
