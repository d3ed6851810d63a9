from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from groundwave.newsroom.models import Banner
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    user = User.objects.create_user("ed@kgnd.example")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def test_an_editor_puts_one_up_and_takes_it_down(client, editor, kgnd, story):
    client.force_login(editor)
    assert "Breaking banner" in client.get("/admin/").content.decode()

    sent = {"text": "The dam has  broken.", "story": story.pk, "minutes": "30"}
    answer = client.post("/admin/breaking/", sent, follow=True).content.decode()

    banner = Banner.objects.get()
    assert (banner.text, banner.story_id) == ("The dam has broken.", story.pk)
    assert banner.ends_at - banner.begins_at == timedelta(minutes=30)
    assert banner.by is not None
    assert "It is on every page now." in answer
    assert "The dam has broken." in answer

    client.post(f"/admin/breaking/{banner.pk}/take-down/")

    assert Banner.objects.in_force(timezone.now()) is None
    assert "There is none." in client.get("/admin/breaking/").content.decode()


def test_what_is_missing_is_asked_for(client, editor, kgnd):
    client.force_login(editor)

    answer = client.post("/admin/breaking/", {"text": " ", "minutes": "9"})

    assert answer.status_code == 200
    assert {"text", "minutes"} <= set(answer.context["form"].errors)
    assert not Banner.objects.exists()


def test_only_who_publishes_may(client, odetta, kgnd):
    client.force_login(odetta)
    assert "Breaking banner" not in client.get("/admin/").content.decode()

    client.post("/admin/breaking/", {"text": "Hoax.", "minutes": "30"})

    assert not Banner.objects.exists()
