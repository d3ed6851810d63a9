"""What is kept, as bytes for one who asks."""

from __future__ import annotations

from groundwave.delivery.edition.answer import matches
from groundwave.delivery.edition.question import Question
from groundwave.delivery.edition.shelf import Kept
from groundwave.delivery.front.again import Sent


def worded(
    kept: Kept, question: Question, now: float, date: str, *, closes: bool
) -> Sent:
    """
    Return the answer to *question*, be it less than the whole: its head, and its body.

    It says how old it is to whoever may keep it for a time of its own (RFC 9111
    §4.2.3), and that the connection ends with it if it *closes*.
    """
    answer = kept.answer
    variant = answer.variant_for(question.takes)
    status, lines, body = answer.status, variant.head, variant.body
    if question.unless and answer.is_page and matches(variant.etag, question.unless):
        status, lines, body = "304 Not Modified", variant.unchanged, b""
    more = f"Date: {date}\r\n"
    if answer.has_an_age:
        more += f"Age: {int(now - kept.made_at)}\r\n"
    if closes:
        more += "Connection: close\r\n"
    head = b"HTTP/1.1 %b\r\n%b%b\r\n" % (status.encode(), lines, more.encode())
    return (head, body) if body and question.wants_body else (head,)


def refusal(status: str, sentence: str, date: str, more: str = "") -> bytes:
    """Return a sentence for a person, after which the connection ends."""
    body = sentence.encode() + b"\n"
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\n{more}"
        f"Date: {date}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
