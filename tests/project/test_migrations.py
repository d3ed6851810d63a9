from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_installation_is_sound():
    call_command("check")


def test_our_migrations_are_named_for_what_they_do():
    from pathlib import Path

    for app in apps.get_app_configs():
        if app.name.startswith("groundwave."):
            for each in Path(app.path).glob("migrations/0*.py"):
                assert "_auto_" not in each.name
                assert "initial" not in each.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "name", "does"),
    [
        ("pages", "0005_who_may_keep_recordings", "grant"),
        ("people", "0004_membership_only_looks", "take_away"),
        ("people", "0004_membership_only_looks", "give_back"),
    ],
)
def test_an_upgrade_goes_on_where_groups_were_renamed_or_done_away_with(
    app, name, does
):
    Group.objects.filter(name="Host").update(name="Presenters")
    Group.objects.filter(name__in=["Editor", "Membership"]).delete()
    loader = MigrationExecutor(connection).loader
    migration = import_module(f"groundwave.{app}.migrations.{name}")

    getattr(migration, does)(loader.project_state((app, name)).apps, None)
