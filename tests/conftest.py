"""The cast of KGND, and a transmitter to talk to, for the tests of the site."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group

from equipment.migrated import migrated
from groundwave.patchbay import unix
from groundwave.patchbay.line import TransmitterLine
from groundwave.patchbay.messages import (
    Attempt,
    Came,
    FromSite,
    FromTransmitter,
    HeardTitle,
    LineupPublished,
    LineupTaken,
    Listeners,
    ListenersAsked,
    Refused,
    SourceHeld,
    SourceKicked,
    StationStatus,
    Status,
    StatusAsked,
    Titles,
    TitlesAsked,
)


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


def pytest_collection_modifyitems(items):
    """What may take longest begins first: nobody is waited for at the end."""
    items.sort(key=_patience, reverse=True)


def _patience(item):
    marker = item.get_closest_marker("timeout")
    return marker.args[0] if marker else 0


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix():
    """
    Leave the test database in memory, where each process has its own.

    pytest-django knows only Django's own name of the backend, and would make a file.
    """


@pytest.fixture(scope="session")
def _migrated_in_memory():
    """Fill the test database before Django migrates it, which finds nothing to do."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    name = connection.creation._get_test_db_name()
    with (
        closing(sqlite3.connect(migrated())) as kept,
        closing(sqlite3.connect(name, uri=True)) as memory,
    ):
        kept.backup(memory)
        yield  # it lasts for as long as somebody is connected


@pytest.fixture(scope="session")
def django_db_setup(_migrated_in_memory, django_db_setup):
    pass


@pytest.fixture(autouse=True)
def _a_site_of_its_own(request):
    """Tests that touch the database never touch an installation's files or sockets."""
    if request.node.get_closest_marker("django_db"):
        settings = request.getfixturevalue("settings")
        data = request.getfixturevalue("tmp_path")
        settings.GROUNDWAVE = settings.GROUNDWAVE.__class__(
            data=data, bind="127.0.0.1", site_port=8080, air_port=8000
        )
        settings.GROUNDWAVE_AIR_URL = ""
        settings.MEDIA_ROOT = data / "media"
        settings.STATIC_ROOT = data / "static"
        settings.STATIC_ROOT.mkdir()
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
            },
        }
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def kgnd(db):
    """The station."""
    from groundwave.stations.actions import open_station
    from groundwave.stations.models import Licensee

    licensee = Licensee.objects.create(name="KGND Community Radio")
    return open_station(licensee, slug="kgnd", name="KGND", timezone="America/Denver")


def _user(email, name, group):
    from groundwave.people.models import Person, User

    user = User.objects.create_user(email, "along the ground", first_name=name)
    user.groups.add(Group.objects.get(name=group))
    Person.objects.create(name=name, slug=name.lower(), user=user)
    return user


@pytest.fixture
def odetta(db):
    """A host."""
    return _user("odetta@kgnd.example", "Odetta", "Host")


@pytest.fixture
def ines(db):
    """The engineer."""
    return _user("ines@kgnd.example", "Ines", "Engineer")


@pytest.fixture
def odettas_key(kgnd, odetta, ines):
    """Odetta's key to KGND's studio, issued by Ines."""
    from groundwave.stations.actions import issue_source_key

    return issue_source_key(kgnd, person=odetta.person, role="studio", by=ines, now=NOW)


class StandInTransmitter:
    """Answers the patchbay as a transmitter does, and has nothing on the air."""

    def __init__(self, path):
        self.path = path
        self.heard: queue.Queue[FromSite] = queue.Queue()
        self.edition = -1
        self.stations: tuple[StationStatus, ...] = ()
        self.attempts: tuple[Attempt, ...] = ()
        self.refusal = ""
        self.came: tuple[Came, ...] = ()
        self.titles: tuple[HeardTitle, ...] = ()
        self._lines: list[TransmitterLine] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def open(self):
        self._thread.start()
        self._server = self._do(unix.serve(self.path, self._attend))

    def close(self):
        self._do(self._server.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def say(self, message: FromTransmitter):
        """Tell the newest line."""
        self._do(self._lines[-1].send(message))

    def next_heard(self, kind):
        """Return the next *kind*; what comes before it is passed over."""
        while True:
            message = self.heard.get(timeout=10)
            if isinstance(message, kind):
                return message

    def _do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _attend(self, line):
        self._lines.append(line)
        while True:
            message = await line.receive()
            self.heard.put(message)
            match message:
                case LineupPublished():
                    self.edition = message.edition
                    await line.send(LineupTaken(edition=message.edition))
                case StatusAsked():
                    await line.send(self._status())
                case ListenersAsked():
                    await line.send(Listeners(at=NOW, came=self.came))
                case TitlesAsked() if self.refusal:
                    await line.send(Refused(sentence=self.refusal))
                case TitlesAsked():
                    await line.send(self._titles(message))
                case SourceKicked() | SourceHeld() if self.refusal:
                    await line.send(Refused(sentence=self.refusal))

    def _titles(self, asked):
        before = [each for each in self.titles if each.at <= asked.since]
        within = [each for each in self.titles if asked.since < each.at < asked.until]
        return Titles(station=asked.station, titles=(*before[-1:], *within))

    def _status(self):
        return Status(
            at=NOW,
            started_at=NOW,
            version="1",
            edition=self.edition,
            stations=self.stations,
            attempts=self.attempts,
        )


@pytest.fixture
def transmitter(settings) -> Iterator[StandInTransmitter]:
    stand_in = StandInTransmitter(settings.GROUNDWAVE.patchbay_socket)
    stand_in.path.parent.mkdir(parents=True, exist_ok=True)
    stand_in.open()
    yield stand_in
    stand_in.close()


@pytest.fixture
def news(kgnd):
    """The section in which KGND's stories stand."""
    from groundwave.pages.models import HomePage, SectionPage

    return HomePage.objects.get().add_child(
        instance=SectionPage(title="News", slug="news")
    )


@pytest.fixture
def story(news):
    """A story that readers have, published as an editor does."""
    from groundwave.newsroom.models import Story

    story = news.add_child(
        instance=Story(
            title="Ferry sinks off Marrow Bay",
            slug="ferry-sinks",
            dek="The search goes on.",
            body=[("text", "<p>At least 32 people are missing.</p>")],
            live=False,
        )
    )
    story.save_revision().publish()
    story.refresh_from_db()
    return story


@pytest.fixture(autouse=True)
def _figures_go_with_the_test(request):
    """A database that is emptied after a test lets what is kept for good go then."""
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not names and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    _forget_figures()


def _forget_figures():
    from django.apps import apps
    from django.db import connection

    from groundwave.newsroom.migrations import _guards
    from groundwave.newsroom.models import Figure, FigureStatus, StoryUpdate

    if Figure.objects.exists() or StoryUpdate.objects.exists():
        with connection.schema_editor() as editor:
            _guards.take_down(apps, editor)
            _guards.take_down_for_updates(apps, editor)
            for model in (FigureStatus, Figure, StoryUpdate):
                editor.execute(f"DELETE FROM {model._meta.db_table}")
            _guards.put_up(apps, editor)
            _guards.put_up_for_updates(apps, editor)
