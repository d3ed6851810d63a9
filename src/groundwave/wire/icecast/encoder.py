"""The source client's side: what an encoder sends, for our own studio and tests."""

from __future__ import annotations

import base64
from typing import Literal
from urllib.parse import quote, urlencode

from groundwave.wire.http.head import request


def source_request(
    mount: str,
    username: str,
    password: str,
    content_type: str,
    *,
    name: str = "",
    description: str = "",
    genre: str = "",
    url: str = "",
    public: bool = False,
    bitrate_kbps: int | None = None,
    method: Literal["PUT", "SOURCE"] = "PUT",
    host: str = "localhost",
    agent: str = "Groundwave",
) -> bytes:
    """
    Write the request to go on the air at *mount*.

    A ``PUT`` waits for ``100 Continue``, a ``SOURCE`` for ``200 OK``; the stream
    follows until the connection is closed.

    Raises:
        UsageError: a text has line breaks in it.
    """
    described = {
        "ice-name": name,
        "ice-description": description,
        "ice-genre": genre,
        "ice-url": url,
        "ice-bitrate": str(bitrate_kbps or ""),
    }
    expecting = method == "PUT"
    headers = [
        ("Host", host),
        _authorization(username, password),
        ("User-Agent", agent),
        ("Content-Type", content_type),
        ("ice-public", "1" if public else "0"),
        *((key, text) for key, text in described.items() if text),
        *([("Expect", "100-continue")] if expecting else []),
    ]
    version = "HTTP/1.1" if expecting else "HTTP/1.0"
    return request(method, quote(mount), headers, version=version)


def title_request(
    mount: str,
    username: str,
    password: str,
    title: str,
    *,
    url: str = "",
    host: str = "localhost",
    agent: str = "Groundwave",
) -> bytes:
    """
    Write the request that names what is playing at *mount*.

    Raises:
        UsageError: *host* or *agent* has line breaks in it.
    """
    asked = {"mode": "updinfo", "mount": mount, "charset": "UTF-8", "song": title}
    query = urlencode(asked | ({"url": url} if url else {}), quote_via=quote)
    headers = [
        ("Host", host),
        _authorization(username, password),
        ("User-Agent", agent),
        ("Connection", "close"),
    ]
    return request("GET", f"/admin/metadata?{query}", headers)


def _authorization(username: str, password: str) -> tuple[str, str]:
    joined = f"{username}:{password}".encode()
    return "Authorization", "Basic " + base64.b64encode(joined).decode()
