"""What is wrong with feeds as people really make them: faults, to be suffered as others."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from equipment.network.asked import Answer, Asked
from equipment.network.faults import Fault, Next


class Without(Fault):
    """Leaves out elements or fields of these names: ids, dates, texts."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        if asked.path.endswith(".json"):
            return replace(true, body=self._json(true.whole()))
        feed = true.whole().decode()
        for each in self._names:
            feed = re.sub(rf"<{each}\b[^>]*>.*?</{each}>", "", feed, flags=re.DOTALL)
        return replace(true, body=feed.encode())

    def _json(self, body: bytes) -> bytes:
        feed = json.loads(body)
        for item in feed["items"]:
            for each in self._names:
                item.pop(each, None)
        return json.dumps(feed).encode()


class Mislabeled(Fault):
    """Says that a feed is something else: a page, plain text."""

    def __init__(self, kind: str = "text/html") -> None:
        super().__init__()
        self._kind = kind

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        return replace(answer(), kind=self._kind)


class InLatin1(Fault):
    """Writes a feed in the encoding of old, and says so in its first line."""

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        head, declared, rest = true.whole().decode().partition("?>")
        head = re.sub("encoding=.[^'\"]*.", 'encoding="iso-8859-1"', head)
        body = (head + declared + rest).encode("iso-8859-1", "xmlcharrefreplace")
        return replace(true, body=body, kind=true.kind.partition(";")[0])
