"""
The importer of the bench: a process of its own, on a database that is nobody's.

It imports as the worker does, with the round that the worker's thread calls.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from groundwave.project.bench.far_documents import MARK, story_id
from groundwave.project.bench.import_orders import Doing, Done, Import, Round
from groundwave.project.bench.vitals import Vitals


if TYPE_CHECKING:
    from groundwave.syndication.models import Connection

_KINDS = {"new": 1, "unchanged": 1, "changed": 2}
_BETWEEN_SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
_TELL_EVERY = 20


def main() -> None:
    """Read an order on standard input, import among ever more stories, say what it took."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, our parent
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Import)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    import django

    django.setup()
    logging.getLogger("groundwave").setLevel(logging.ERROR)
    for found in rounds(order):
        _say(found)
    _say(Done())


def rounds(order: Import) -> Iterator[Round]:
    """Import the documents of *order* among each number of stories; yield what it took."""
    from groundwave.project.bench.archive import Archive

    connection = connected()
    _work()
    archive = Archive()
    for size in order.archives:
        for done in archive.growing(size):
            _say(Doing("Filling the archive", done, size))
        shelf = str(size)
        connection.address = f"{order.origin}/{shelf}"
        for kind, version in _KINDS.items():
            _turn_to(order.origin, shelf, version)
            yield _round(connection, shelf, kind, order.documents)
        archive.learn()


def connected() -> Connection:
    """Return a connection that publishes what comes, and leases its pictures."""
    from groundwave.pages.models import HomePage, SectionPage
    from groundwave.syndication.models import Arrival, Connection

    section = HomePage.objects.get().add_child(
        instance=SectionPage(title="Nation", slug="nation")
    )
    made: Connection = Connection.objects.create(
        name="Far Shore",
        upstream="cds",
        address="http://127.0.0.1",
        section=section,
        arrival=Arrival.PUBLISH,
        origin="Far Shore Radio",
    )
    return made


@dataclass
class Count:
    """
    What goes on in a round.

    Attributes:
        tell: is called now and then with how many documents are done.
    """

    tell: Callable[[int], None]
    queries: int = 0
    documents: int = 0
    slowest: float = 0.0
    last: float = field(default_factory=time.monotonic)

    def query(self, execute: Any, sql: str, *rest: Any) -> Any:
        """Count a query."""
        self.queries += not sql.startswith(_BETWEEN_SAVEPOINTS)
        return execute(sql, *rest)

    def document(self, *, created: bool, **_: object) -> None:
        """Count a document, of which an outcome was written."""
        if created:
            now = time.monotonic()
            self.slowest, self.last = max(self.slowest, now - self.last), now
            self.documents += 1
            if self.documents % _TELL_EVERY == 0:
                self.tell(self.documents)


@contextmanager
def counting(count: Count) -> Iterator[None]:
    """Count queries and documents until the block is left."""
    from django.db import connection as database
    from django.db.models.signals import post_save

    from groundwave.syndication.models import Outcome

    with ExitStack() as stack:
        stack.enter_context(database.execute_wrapper(count.query))
        post_save.connect(count.document, sender=Outcome, weak=False)
        stack.callback(post_save.disconnect, count.document, sender=Outcome)
        yield


def _round(connection: Connection, shelf: str, kind: str, documents: int) -> Round:
    """Go through all documents of *shelf* as they are now."""
    from django.conf import settings
    from django.utils import timezone

    from groundwave.newsroom.models import Story
    from groundwave.syndication.polling.rounds import poll

    archive = Story.objects.count()
    if kind != "changed":
        connection.watermark = None  # as if it had never been asked
    connection.save()
    text = f"{kind}, among {archive} stories"
    count = Count(lambda done: _say(Doing(text, done, documents)))
    _forget_tasks()
    began, cpu = time.monotonic(), time.process_time()
    with counting(count):
        while found := poll(connection, now=timezone.now()):
            if found.trouble:
                raise SystemExit(found.trouble)
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    tasks, indexing = _work()
    database = settings.GROUNDWAVE.data / "site.sqlite3"
    return Round(
        archive=archive,
        kind=kind,
        documents=documents,
        live=_live(shelf, _KINDS[kind]),
        seconds=seconds,
        cpu=cpu,
        indexing=indexing,
        tasks=tasks / documents,
        queries=count.queries / documents,
        slowest=count.slowest,
        peak_rss=Vitals.of(os.getpid()).peak_rss,
        bytes=database.stat().st_size,
    )


def _work() -> tuple[int, float]:
    """Do as the worker does, but for developing pictures; return how many, how long."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    from groundwave.delivery.darkroom import develop

    DBTaskResult.objects.filter(task_path=develop.module_path).delete()
    tasks = DBTaskResult.objects.ready().count()
    began = time.monotonic()
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="bench",
        excluded_queue_names=[],
    ).run()
    return tasks, time.monotonic() - began


def _forget_tasks() -> None:
    """Let it be as on the day after, when what is done is forgotten."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()


def _live(shelf: str, version: int) -> int:
    """Return how many stories of *shelf* readers have in *version*."""
    from groundwave.newsroom.models import Story

    mark = MARK.format(version)
    carried = Story.objects.live().filter(
        original__upstream_id__startswith=story_id(shelf, "")
    )
    return sum(
        mark in str(list(each.body.raw_data))
        for each in carried.iterator(chunk_size=100)
    )


def _turn_to(origin: str, shelf: str, version: int) -> None:
    """Let all documents of *shelf* be of *version*; those that are, do not change."""
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=300)
    connection.request("PUT", f"/{shelf}/version/{version}")
    connection.getresponse().read()
    connection.close()


def _say(word: Doing | Round | Done) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
