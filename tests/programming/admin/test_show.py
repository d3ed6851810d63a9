from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import retire_show, set_default_show
from groundwave.programming.guide import default_show
from groundwave.programming.models import Airing, DefaultShow, Episode, Show
from programming.admin.conftest import NOW


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


def form(**more):
    usual = {
        "title": "Jazz",
        "slug": "jazz",
        "tagline": "",
        "category": "",
        "about": "null",
        "is_listed": "on",
        "hosts-TOTAL_FORMS": "0",
        "hosts-INITIAL_FORMS": "0",
        "hosts-MIN_NUM_FORMS": "0",
        "hosts-MAX_NUM_FORMS": "1000",
    }
    return usual | more


def test_a_show_is_made_with_whoever_hosts_it(editor, ines, odetta):
    said = {"hosts-TOTAL_FORMS": "2"}
    for number, user in enumerate([odetta, ines]):
        said |= {
            f"hosts-{number}-person": user.person.pk,
            f"hosts-{number}-ORDER": number,
            f"hosts-{number}-id": "",
        }
    response = editor.post(reverse("programming_shows:add"), form(**said))

    assert response.status_code == 302
    assert [str(host) for host in Show.objects.get().hosts.all()] == ["Odetta", "Ines"]


def test_two_shows_cannot_have_one_address(editor, shows):
    page = editor.post(reverse("programming_shows:add"), form(slug="night-owl"))

    assert "already exists" in page.content.decode()


def test_pages_hear_of_a_show_that_is_renamed(
    editor, kgnd, shows, transmitter, django_capture_on_commit_callbacks
):
    owl = shows["Night Owl"]
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(
            reverse("programming_shows:edit", args=[owl.pk]), form(title="Late Owl")
        )

    assert transmitter.next_heard(Announced).station == "kgnd"
    owl.refresh_from_db()
    assert owl.title == "Late Owl"


def test_a_show_that_is_on_where_nothing_is_planned_is_not_deleted(editor, kgnd, shows):
    owl = shows["Night Owl"]
    DefaultShow.objects.create(station=kgnd, show=owl)

    url = reverse("programming_shows:delete", args=[owl.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "Choose another default show for it first." in page
    assert Show.objects.filter(slug="night-owl").exists()


def test_a_show_that_was_heard_is_not_deleted_and_the_editor_reads_why(
    editor, shows, morning
):
    light = shows["Morning Light"]
    Airing.objects.filter(show=light).update(
        starts_at=NOW - timedelta(days=1), ends_at=NOW
    )

    url = reverse("programming_shows:delete", args=[light.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "what was heard stays known. Retire it instead" in page
    assert Show.objects.filter(pk=light.pk).exists()


def test_a_show_is_retired_and_brought_back(editor, client, shows, morning):
    light = shows["Morning Light"]
    form_of = reverse("programming_shows:edit", args=[light.pk])
    retire = reverse("programming_shows:retire", args=[light.pk])
    bring_back = reverse("programming_shows:bring_back", args=[light.pk])
    assert retire in editor.get(form_of).content.decode()
    assert "It comes no more" in editor.get(retire).content.decode()

    page = editor.post(retire, follow=True).content.decode()
    assert "Morning Light is retired." in page
    assert bring_back in page
    assert "It is made no more." in client.get("/shows/morning-light/").content.decode()
    assert "/shows/morning-light/" not in client.get("/shows/").content.decode()

    page = editor.post(bring_back, follow=True).content.decode()
    assert "Morning Light is back. Add a slot" in page
    assert "/shows/morning-light/" in client.get("/shows/").content.decode()


def test_who_may_not_change_a_show_may_not_retire_it(client, odetta, shows):
    client.force_login(odetta)
    owl = shows["Night Owl"]

    client.post(reverse("programming_shows:retire", args=[owl.pk]))

    owl.refresh_from_db()
    assert owl.retired_at is None


def test_an_episodes_title_has_a_label_that_is_seen(editor):
    page = editor.get(reverse("episodes:add")).content.decode()

    assert "w-panel title" not in page
    assert 'data-w-sync-target-value="#id_slug"' in page


def test_an_episode_is_made(editor, shows):
    said = {
        "show": shows["Night Owl"].pk,
        "title": "The first",
        "slug": "the-first",
        "about": "null",
    }
    assert editor.post(reverse("episodes:add"), said).status_code == 302
    assert Episode.objects.get().show == shows["Night Owl"]

    page = editor.post(reverse("episodes:add"), said)
    assert page.status_code == 200
    assert Episode.objects.count() == 1


def test_what_is_on_where_nothing_is_planned_is_chosen_changed_and_taken_back(
    editor, kgnd, shows
):
    said = {"station": kgnd.pk, "show": shows["Night Owl"].pk}
    assert editor.post(reverse("default_shows:add"), said).status_code == 302
    assert default_show(kgnd) == shows["Night Owl"]
    chosen = DefaultShow.objects.get()

    said = {"show": shows["Morning Light"].pk}
    editor.post(reverse("default_shows:edit", args=[chosen.pk]), said)
    assert default_show(kgnd) == shows["Morning Light"]

    editor.post(reverse("default_shows:delete", args=[chosen.pk]))
    assert default_show(kgnd) is None


def test_a_retired_show_is_not_offered_where_nothing_is_planned(editor, kgnd, shows):
    set_default_show(kgnd, shows["Morning Light"])
    retire_show(shows["Night Owl"], now=NOW)
    chosen = DefaultShow.objects.get()
    said = {"station": kgnd.pk, "show": shows["Night Owl"].pk}

    for url in (
        reverse("default_shows:add"),
        reverse("default_shows:edit", args=[chosen.pk]),
    ):
        assert "Night Owl</option>" not in editor.get(url).content.decode()
        assert editor.post(url, said).status_code == 200  # asked for another
    assert default_show(kgnd) == shows["Morning Light"]


def test_every_list_and_form_opens(editor, kgnd, shows, morning):
    for name in ("programming_shows", "episodes", "slots", "default_shows"):
        for view in ("index", "add"):
            assert editor.get(reverse(f"{name}:{view}")).status_code == 200
    page = editor.get(reverse("slots:index")).content.decode()
    assert "Monday to Friday" in page


def test_a_host_reads_the_schedule_and_writes_episodes_only(client, odetta, shows):
    client.force_login(odetta)

    assert client.get(reverse("programming_shows:index")).status_code == 200
    assert client.get(reverse("programming_shows:add")).status_code == 302
    assert client.get(reverse("episodes:add")).status_code == 200
