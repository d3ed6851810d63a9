"""Which part of the network answers for which address."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus

from equipment.network.archive import Archive
from equipment.network.asked import Answer, Asked, in_json, refusal
from equipment.network.cds import DocumentDesk, schema_answer
from equipment.network.feeds import feed_answer
from equipment.network.files import picture_answer, sound_answer
from equipment.network.pages import page_answer
from equipment.network.stories import SERVICES


def route(asked: Asked, archive: Archive, desk: DocumentDesk, home: str) -> Answer:
    """Answer as the network that listens at *home* does when nothing goes wrong."""
    match asked.path.split("/")[1:3]:
        case ["v1", "documents"]:
            return desk.answer(asked)
        case ["v1", "profiles" | "schemas"]:
            return schema_answer(asked.path)
        case ["v4", "services"]:
            return service_answer(asked.path.rpartition("/")[2])
        case ["feeds", _]:
            return unless_known(asked, feed_answer(asked.path, archive, home))
        case ["news" | "blog", _]:
            return page_answer(asked.path, archive)
        case ["pictures", _]:
            return unless_known(asked, picture_answer(asked))
        case ["delivered", _]:
            inner = dict(asked.parameters).get("url", "")
            return picture_answer(replace(asked, target=inner))
        case ["sounds", _]:
            return unless_known(asked, sound_answer())
        case _:
            return refusal(HTTPStatus.NOT_FOUND, f"Nothing is at {asked.path}")


def service_answer(name: str) -> Answer:
    """
    Say what an owner of documents is called.

    As Organization v4 does: there is a name to show, and no home page.
    """
    if name not in SERVICES:
        return refusal(HTTPStatus.NOT_FOUND, f"There is no service {name}")
    return in_json({"id": name, "brand": {"displayName": SERVICES[name]}})


def unless_known(asked: Asked, answer: Answer) -> Answer:
    """Send 304 to somebody who has exactly this already."""
    tag = f'"{sha256(answer.whole()).hexdigest()[:16]}"'
    if asked.headers.get("if-none-match") == tag:
        return Answer(HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    return replace(answer, headers={**answer.headers, "ETag": tag})
