"""Pages that Django made beforehand, for a browser: the two do not mix in one thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Page, Route


ORIGIN = "http://testserver"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def serve(page: Page, made: Mapping[str, HttpResponse]) -> None:
    """Answer the browser with what was made, headers and policy included."""
    page.route("**/*", lambda route: _answer(route, made))


def _answer(route: Route, made: Mapping[str, HttpResponse]) -> None:
    url = urlsplit(route.request.url)
    path = f"{url.path}?{url.query}" if url.query else url.path
    if path in made:
        response = made[path]
        route.fulfill(
            status=response.status_code,
            headers=dict(response.headers),
            body=response.content,
        )
    elif path.startswith("/static/") and (file := finders.find(path[8:])):
        kind = TYPES[Path(file).suffix]
        route.fulfill(body=Path(file).read_bytes(), content_type=kind)
    else:
        route.fulfill(status=204)
