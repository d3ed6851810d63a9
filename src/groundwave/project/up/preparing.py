"""
Makes the database, the demo station and the site's files ready; then ends.

It runs in a process of its own and says what it does on standard output, one JSON
object a line: ``Step``s, ``AirReady`` once a transmitter can start, ``SiteReady`` last.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from pathlib import Path
from typing import Any

import django
import msgspec
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from groundwave.patchbay.environment import Environment
from groundwave.patchbay.errors import LineupUnreadable
from groundwave.patchbay.lineup import load_lineup, save_lineup
from groundwave.project.up.indexing import index_everything, is_indexed
from groundwave.project.up.told import AirReady, SiteReady, StationName, Step


def main() -> int:
    """Prepare everything; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    # Nobody is on the air to be told yet, and that is no reason to warn.
    for talkative in ("groundwave", "wagtail"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
    try:
        migrate()
        demo = demo_station(settings.GROUNDWAVE, wanted="--no-demo" not in sys.argv)
        keep_lineup(settings.GROUNDWAVE)
    except DatabaseError as trouble:
        sys.stderr.write(f"The database cannot be used: {trouble}.\n")
        return 1
    _tell(AirReady(demo=demo))
    if demo:
        record_demo(settings.GROUNDWAVE)
        publish_demo(settings.GROUNDWAVE)
    collect_files()
    index_for_search(settings.GROUNDWAVE)
    _tell(site_ready())
    return 0


def _tell(told: AirReady | SiteReady | Step) -> None:
    sys.stdout.write(f"{msgspec.json.encode(told).decode()}\n")
    sys.stdout.flush()


def migrate() -> None:
    """Bring the database up to date."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    label, total, done = "Preparing the database", len(plan), 0

    def progress(action: str, *_: Any) -> None:
        nonlocal done
        done += action == "apply_success"
        _tell(Step(label=label, done=done, total=total))

    _tell(Step(label=label, done=0, total=total))
    _run_migrate(progress)


def _run_migrate(progress: Any) -> None:
    from django.core.management.commands.migrate import Command

    # The command does more than the executor: content types, permissions, its checks.
    class Told(Command):
        def migration_progress_callback(self, *facts: Any, **_: Any) -> None:
            progress(*facts)

    call_command(Told(), verbosity=0, interactive=False)


def demo_station(environment: Environment, *, wanted: bool) -> str:
    """Return the station that the demo studio sends to, or nothing."""
    from groundwave.project.demo.key import keep_key, kept_key
    from groundwave.project.demo.schedule import plan_demo_week
    from groundwave.project.demo.station import open_demo_station, station_of
    from groundwave.stations.models import Station

    if not wanted:
        return ""
    if not Station.objects.exists():
        with transaction.atomic():
            keep_key(environment, open_demo_station(timezone.now()))
    key = kept_key(environment)
    station = station_of(key) if key else None
    if station is None:
        return ""
    plan_demo_week(station, now=timezone.now())
    return station.slug


def record_demo(environment: Environment) -> None:
    """Record the demo's episode, once; on a machine too slow for it, there is none."""
    from groundwave.project.demo.recording import record_demo_episode

    stamp = environment.data / "demo-episode.stamp"
    if stamp.exists():
        return
    _tell(Step(label="Recording the demo's episode", done=0, total=0))
    try:
        record_demo_episode()
    except (ValidationError, DatabaseError, OSError) as trouble:
        sys.stderr.write(
            f"The demo goes without an episode to listen to: {trouble}. Everything else "
            "works; upload one under Recordings.\n"
        )
    stamp.touch()


def publish_demo(environment: Environment) -> None:
    """Publish the demo's stories, once: who deletes them does not find them again."""
    from groundwave.project.demo.newsroom.publishing import publish_demo_stories

    stamp = environment.data / "demo-stories.stamp"
    if stamp.exists():
        return
    _tell(Step(label="Publishing the demo's stories", done=0, total=0))
    try:
        publish_demo_stories(timezone.now())
    except (ValidationError, DatabaseError, OSError) as trouble:
        sys.stderr.write(
            f"The demo goes without stories: {trouble}. Everything else works; write "
            "one under Pages.\n"
        )
    stamp.touch()


def keep_lineup(environment: Environment) -> None:
    """Write the line-up down for a transmitter that has none."""
    from groundwave.stations.actions import current_lineup

    try:
        found = load_lineup(environment.lineup_file)
    except LineupUnreadable:
        found = None
    if found is None:
        save_lineup(environment.lineup_file, current_lineup())


def collect_files() -> None:
    """Collect the style sheets and scripts, unless that was done with the same ones."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    files = _fingerprint()
    if root.is_dir() and stamp.is_file() and stamp.read_text() == files:
        return
    _tell(Step(label="Preparing the pages", done=0, total=0))
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.is_dir())
    stamp.write_text(files)


def index_for_search(environment: Environment) -> None:
    """Let search find what an older release made, unless that was done."""
    stamp = environment.data / "search.stamp"
    if not is_indexed(stamp):
        _tell(Step(label="Preparing the search", done=0, total=0))
        index_everything(stamp)


def _fingerprint() -> str:
    """Return what changes whenever a file that would be collected does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def site_ready() -> SiteReady:
    """Return what a person must be told once the site is up."""
    from groundwave.people.actions import issue_welcome
    from groundwave.people.errors import AdministratorExists
    from groundwave.stations.models import Station

    try:
        welcome = reverse("welcome", args=[issue_welcome()])
    except AdministratorExists:
        welcome = ""
    stations = Station.objects.values_list("slug", "name")
    return SiteReady(
        welcome=welcome,
        stations=tuple(StationName(slug, name) for slug, name in stations),
    )


if __name__ == "__main__":
    sys.exit(main())
