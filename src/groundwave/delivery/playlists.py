"""Files that programs open to tune in: M3U and PLS. Pure text; no Django."""

from __future__ import annotations

from collections.abc import Sequence


def m3u(name: str, urls: Sequence[str]) -> str:
    """Return an extended M3U with *urls*, best first."""
    lines = ["#EXTM3U"]
    for url in urls:
        lines += [f"#EXTINF:-1,{_line(name)}", url]
    return "\n".join(lines) + "\n"


def pls(name: str, urls: Sequence[str]) -> str:
    """Return a PLS, version 2, with *urls*, best first."""
    lines = ["[playlist]"]
    for number, url in enumerate(urls, start=1):
        lines += [f"File{number}={url}", f"Title{number}={_line(name)}"]
        lines += [f"Length{number}=-1"]
    lines += [f"NumberOfEntries={len(urls)}", "Version=2"]
    return "\n".join(lines) + "\n"


def _line(name: str) -> str:
    """A name stays on its line, whatever was typed into it."""
    return " ".join(name.split())
