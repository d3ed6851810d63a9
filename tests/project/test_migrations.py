from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command


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
