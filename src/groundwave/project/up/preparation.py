"""
``python -m groundwave.project.up.preparation``: make the site's data ready.

Runs before the parts do, in a process of its own, so that the supervisor stays small.
Progress goes to standard error; what was found is one line of JSON on standard output.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from groundwave.project.up.prepared import Prepared


def prepare(console: Console, *, demo: bool) -> Prepared:
    """Bring database, static files and demo station up to date."""
    bring_database_up_to_date(console)
    gather_static_files(console)
    demo_station = _demo_station() if demo else ""
    name, slug = _first_station(demo_station)
    return Prepared(
        station=slug,
        station_name=name,
        demo_station=demo_station,
        welcome=_welcome(),
    )


def bring_database_up_to_date(console: Console) -> None:
    """Apply what migrations there are, showing how far it is."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    with Progress(
        TextColumn("Preparing the database"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=len(plan))
        call_command(
            _Migrate(lambda: progress.advance(task)), interactive=False, verbosity=0
        )
    console.print(f"The database is ready ({len(plan)} steps).")


class _Migrate(migrate.Command):
    """Django's own command, which tells somebody of each step."""

    def __init__(self, stepped: Any) -> None:
        super().__init__()
        self._stepped = stepped

    def migration_progress_callback(
        self, action: str, migration: Any | None = None, fake: bool = False
    ) -> None:
        if action == "apply_success":
            self._stepped()


def gather_static_files(console: Console) -> None:
    """Collect styles, scripts and pictures, if any changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    now = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    with console.status("Gathering styles and scripts"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)
    console.print("Styles and scripts are gathered.")


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _demo_station() -> str:
    """Return where the demo studio may send, opening its station if there is none."""
    from groundwave.project.demo.key import keep_key, kept_key
    from groundwave.project.demo.station import open_demo_station, station_of
    from groundwave.stations.models import Station

    environment = settings.GROUNDWAVE
    if not Station.objects.exists():
        keep_key(environment, open_demo_station(timezone.now()))
    key = kept_key(environment)
    station = station_of(key) if key else None
    return station.slug if station else ""


def _first_station(preferred: str) -> tuple[str, str]:
    from groundwave.stations.models import Station

    stations = Station.objects.order_by("position", "pk")
    found = stations.filter(slug=preferred).first() or stations.first()
    return (found.name, found.slug) if found else ("", "")


def _welcome() -> str:
    from groundwave.people.actions import issue_welcome
    from groundwave.people.errors import AdministratorExists

    try:
        return issue_welcome()
    except AdministratorExists:
        return ""


def main() -> None:
    """Prepare, and say what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-demo", action="store_true")
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    prepared = prepare(Console(stderr=True, highlight=False), demo=not wanted.no_demo)
    sys.stdout.write(json.dumps(asdict(prepared)) + "\n")


if __name__ == "__main__":
    main()
