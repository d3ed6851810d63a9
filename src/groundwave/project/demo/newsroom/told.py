"""What a demo story is made of, before it is a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from groundwave.newsroom.models import ChangeKind
from groundwave.project.demo.newsroom.canvas import Scene


# A block's name and what it holds, as the body of a story takes it.
Block: TypeAlias = tuple[str, Any]

MADE_UP = "<p><i>Marrow Bay, its people and this story are made up.</i></p>"


@dataclass(frozen=True)
class DemoPhoto:
    """
    A drawing, as the picture desk keeps it.

    Attributes:
        alt: what is to be seen on it.
        handout: who gave it to the press; empty for what is ours.
        shown_for: after that the right to show it ends.
    """

    scene: Scene
    title: str
    alt: str
    caption: str
    by: str = "Wren Sallow"
    handout: str = ""
    shown_for: timedelta | None = None


@dataclass(frozen=True)
class DemoStory:
    """
    A story, told some time before the demo is seen for the first time.

    Attributes:
        section: the address of the section it stands in.
        bylines: names and roles.
        ago: how long before now it was published.
    """

    slug: str
    section: str
    headline: str
    dek: str
    dateline: str
    photo: DemoPhoto
    bylines: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    ago: timedelta
    body: tuple[Block, ...]
    eyebrow: str = ""


@dataclass(frozen=True)
class DemoChange:
    """What was changed in a story after it was published, and what readers were told."""

    ago: timedelta
    kind: ChangeKind
    words: str
    body: tuple[Block, ...]
    headline: str = ""
    dek: str = ""


def words(text: str) -> Block:
    """Return *text*, with a blank line between paragraphs and ``## `` before a heading."""
    return "text", "".join(_element(each) for each in text.strip().split("\n\n"))


def quotation(text: str, speaker: str, context: str = "") -> Block:
    """Return somebody's words as a block."""
    return "quote", {
        "quote": " ".join(text.split()),
        "speaker": speaker,
        "context": context,
    }


def box(heading: str, *facts: str) -> Block:
    """Return a fact box of one fact a line."""
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return "facts", {"heading": heading, "text": f"<ul>{items}</ul>"}


def _element(paragraph: str) -> str:
    line = " ".join(paragraph.split())
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    return f"<p>{line}</p>"
