from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group

from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


@pytest.mark.parametrize(
    ("chooser", "found"),
    [
        ("event_chooser", ["Ferry sinks"]),
        ("metric_chooser", ["missing", "Ferry sinks"]),
    ],
)
def test_an_editor_chooses_what_a_story_tells_of(editor, db, chooser, found):
    Ledger()

    answer = editor.get(f"/admin/{chooser}/")

    html = json.loads(answer.content)["html"]
    assert all(each in html for each in found)
