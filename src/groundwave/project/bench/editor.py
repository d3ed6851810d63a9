"""
The editor of a surge: a process of its own, on the station's own database.

It publishes as the admin does, with the verb that the admin calls, whenever it is sent
a line.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import msgspec

from groundwave.project.bench.surge_orders import MARK, Published, Written


def main() -> None:
    """Write a story, then publish an update of it for every line of standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, our parent
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    import django

    django.setup()
    pk, path = _write()
    _say(Written(path))
    for number, _ in enumerate(sys.stdin, start=1):
        began = time.monotonic()
        _publish(pk, number)
        _say(Published(number, began, time.monotonic()))


def _write() -> tuple[int, str]:
    from groundwave.newsroom.models import Story
    from groundwave.pages.models import HomePage

    story = HomePage.objects.get().add_child(
        instance=Story(title="A surge", slug="a-surge", body=_body(0), live=False)
    )
    story.save_revision().publish()
    return story.pk, story.get_url()


def _publish(pk: int, number: int) -> None:
    from groundwave.newsroom.models import ChangeKind, Story

    draft = Story.objects.get(pk=pk).get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = _body(number)
    draft.change_kind = ChangeKind.UPDATE
    draft.change_text = MARK.format(number)
    draft.save_revision().publish()


def _body(number: int) -> list[tuple[str, str]]:
    told = [
        f"<p>What was known after {number} updates, line {n}.</p>" for n in range(30)
    ]
    return [("text", "".join(told))]


def _say(word: Written | Published) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
