"""
What a service answers: documents in an envelope, or why not, in either of two shapes.

The same both ways, for a service of our own answers likewise.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.grammar import Json
from groundwave.wire.cds.json_text import BYTE_ORDER_MARK, parse, refuse_larger
from groundwave.wire.http.text import clean_text


LARGEST_ANSWER = 64 << 20
"""In bytes; the three hundred documents that a query may ask for are a tenth of it."""

_LARGEST_REFUSAL = 64 << 10
_MOST_MESSAGES = 20
_LONGEST_MESSAGE = 500


class _Envelope(msgspec.Struct):
    resources: list[msgspec.Raw]


_ENVELOPE = msgspec.json.Decoder(_Envelope)


def documents_in(answer: bytes) -> tuple[bytes, ...]:
    """
    Return the documents in an answer, each as it came and fit for ``read``.

    A document that cannot be read does not take the others with it; the same one
    may be there twice.

    Raises:
        NotCds: if it is no such answer, or larger than ``LARGEST_ANSWER``.
    """
    refuse_larger(answer, LARGEST_ANSWER)
    try:
        envelope = _ENVELOPE.decode(answer.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as problem:
        raise NotCds(_no_documents(answer)) from problem
    return tuple(bytes(document) for document in envelope.resources)


def messages_in(refusal: bytes) -> tuple[str, ...]:
    """Return what a service says that is wrong, cleaned and short; never fail."""
    try:
        raw = parse(refusal, _LARGEST_REFUSAL)
    except NotCds:
        return ()
    texts = (clean_text(said, limit=_LONGEST_MESSAGE) for said in _said(raw))
    return tuple(text for text in texts if text)[:_MOST_MESSAGES]


def answer_of(documents: Iterable[bytes]) -> bytes:
    """Return the answer that has *documents*, which are JSON."""
    return b'{"resources":[' + b",".join(documents) + b"]}"


def refusal_of(*messages: str) -> bytes:
    """Return the answer to what was asked wrongly."""
    return msgspec.json.encode({"meta": {"messages": messages}})


def _said(raw: Json) -> list[str]:
    match raw:
        case {"meta": {"messages": list() as messages}}:
            return [text for text in messages if isinstance(text, str)]
        case {"error": {"message": str() as message}}:
            return [message]
        case _:
            return []


def _no_documents(answer: bytes) -> str:
    said = " ".join(messages_in(answer))
    if said:
        return f"The service says: {said}"
    return "This is no answer with documents. Check the address of the service."
