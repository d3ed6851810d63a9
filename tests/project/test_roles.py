"""Who may do what in the admin: every role on every page, let in or turned away."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Event, Story, StoryKill
from groundwave.people.models import Person, User
from groundwave.photos.models import Photo
from groundwave.programming.actions import plan_slot
from groundwave.programming.models import Airing, Episode, Host, Show
from groundwave.stations.actions import issue_source_key
from groundwave.stations.models import SourceKey, Station


pytestmark = pytest.mark.django_db

ROLES = ("Host", "Engineer", "Editor", "Membership", "Administrator")
EVERYBODY = set(ROLES)
AIR = {"Host", "Engineer", "Administrator"}
ENGINEERS = {"Engineer", "Administrator"}
EDITORS = {"Editor", "Administrator"}
PLANNERS = {"Engineer", "Editor", "Administrator"}
PROGRAMME = {"Host", "Engineer", "Editor", "Administrator"}
# The page, what stands for which row in its address, and who may see it.
PAGES = [
    ("wagtailadmin_home", "", EVERYBODY),
    ("air:index", "", AIR),
    ("air:live", "", AIR),
    ("air:past", "", AIR),
    ("air:kick", "station role", ENGINEERS),
    ("air:hold", "station role", ENGINEERS),
    ("air:transmission", "", ENGINEERS),
    ("source_keys:index", "", ENGINEERS),
    ("source_keys:add", "", ENGINEERS),
    ("source_keys:revoke", "key", ENGINEERS),
    ("stations:index", "", ENGINEERS),
    ("stations:add", "", ENGINEERS),
    ("stations:edit", "station_pk", ENGINEERS),
    ("stations:delete", "station_pk", {"Administrator"}),
    ("licensees:index", "", {"Administrator"}),
    ("licensees:edit", "licensee", {"Administrator"}),
    ("week:week", "station", PLANNERS),
    ("week:plan", "station", PLANNERS),
    ("week:airing", "station airing", PLANNERS),
    ("programming_shows:index", "", PROGRAMME),
    ("programming_shows:add", "", EDITORS),
    ("programming_shows:edit", "show", EDITORS),
    ("programming_shows:delete", "show", EDITORS),
    ("programming_shows:retire", "show", EDITORS),
    ("recordings:index", "", {"Host", *EDITORS}),
    ("recordings:add", "", {"Host", *EDITORS}),
    ("episodes:index", "", PROGRAMME),
    ("episodes:add", "", {"Host", *EDITORS}),
    ("episodes:edit", "own_episode", {"Host", *EDITORS}),
    ("episodes:edit", "other_episode", EDITORS),
    ("episodes:delete", "own_episode", EDITORS),
    ("slots:index", "", PROGRAMME),
    ("slots:add", "", PLANNERS),
    ("slots:edit", "slot", PLANNERS),
    ("slots:delete", "slot", PLANNERS),
    ("default_shows:index", "", PROGRAMME),
    ("default_shows:add", "", EDITORS),
    ("events:index", "", {"Host", *EDITORS}),
    ("events:figures", "event", {"Host", *EDITORS}),
    ("events:add", "", EDITORS),
    ("events:edit", "event", EDITORS),
    ("events:delete", "event", EDITORS),
    ("news_sources:index", "", {"Host", *EDITORS}),
    ("news_sources:add", "", EDITORS),
    ("people:index", "", {"Engineer", "Editor", "Membership", "Administrator"}),
    ("people:add", "", PLANNERS),
    ("people:edit", "person", PLANNERS),
    ("people:delete", "person", EDITORS),
    ("wagtailadmin_pages:edit", "page", EDITORS),
    ("wagtailimages:add", "", EDITORS),
    ("photos:revoke", "photo", EDITORS),
    ("photos:reinstate", "photo", EDITORS),
    ("killed_stories:index", "", EDITORS),
    ("killed_stories:kill", "story", EDITORS),
    ("killed_stories:show", "killed", EDITORS),
    ("killed_stories:read", "killed version", {"Administrator"}),
    ("killed_stories:revive", "killed", {"Administrator"}),
    ("style_terms:index", "", EDITORS),
    ("style_terms:add", "", EDITORS),
    ("wagtaildocs:add", "", EDITORS),
    ("wagtailusers_users:index", "", {"Administrator"}),
    ("wagtailusers_users:add", "", {"Administrator"}),
    ("wagtailusers_groups:index", "", set()),
]
REFUSAL = "you do not have permission to access this area"


@pytest.fixture
def sign_in(client):
    def sign_in(role):
        user = User.objects.create_user(
            f"{role.lower()}@kgnd.example", "along the ground", first_name=role
        )
        user.groups.add(Group.objects.get(name=role))
        Person.objects.create(name=f"A {role}", slug=role.lower(), user=user)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def rows(kgnd, ines):
    """One of everything, by what stands for it in an address."""
    now = timezone.now()
    own = Show.objects.create(title="Morning Light", slug="morning-light")
    other = Show.objects.create(title="Night Owl", slug="night-owl")
    slot = plan_slot(
        kgnd,
        show=own,
        starts_on=date(2026, 1, 1),
        begins=time(10),
        minutes=60,
        rule="FREQ=DAILY",
        now=now,
    )
    airing = Airing.objects.filter(slot=slot, starts_at__gt=now).first()
    assert airing
    key = issue_source_key(kgnd, person=ines.person, role="main", by=ines, now=now)
    return {
        "": [],
        "station": ["kgnd"],
        "station role": ["kgnd", "main"],
        "station airing": ["kgnd", airing.name],
        "station_pk": [kgnd.pk],
        "licensee": [kgnd.licensee.pk],
        "key": [key.source_key.pk],
        "show": [own.pk],
        "own_episode": [Episode.objects.create(show=own, title="A", slug="a").pk],
        "other_episode": [Episode.objects.create(show=other, title="B", slug="b").pk],
        "slot": [slot.pk],
        "event": [Event.objects.create(title="Flood", slug="f", timezone="UTC").pk],
        "person": [ines.person.pk],
        "photo": [keep_photo(width=9, height=9).pk],
        "page": [Page.objects.get(depth=2).pk],
        **_stories(ines),
    }


def _stories(by):
    home = Page.objects.get(depth=2)
    found = []
    for slug in ("ferry", "dam"):
        found.append(home.add_child(instance=Story(title=slug, slug=slug, live=False)))
    told, killed = found
    version = killed.save_revision()
    kill(killed, by=by, reason="x", now=timezone.now())
    return {
        "story": [told.pk],
        "killed": [killed.pk],
        "killed version": [killed.pk, version.pk],
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_its_pages_and_no_others(client, sign_in, rows, role):
    user = sign_in(role)
    Host.objects.create(show=Show.objects.get(slug="morning-light"), person=user.person)

    for name, of, allowed in PAGES:
        answer = client.get(reverse(name, args=rows[of]), follow=True)

        assert answer.status_code == 200, name
        if role in allowed:
            assert answer.redirect_chain == [], name
        else:
            assert [status for _, status in answer.redirect_chain] == [302], name
            assert REFUSAL in answer.content.decode(), name


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_does_not_see_it_cannot_do(client, sign_in, rows, role):
    sign_in(role)
    counts = _counts()

    for name, of, allowed in PAGES:
        if role in allowed:
            continue
        url = reverse(name, args=rows[of])
        answer = client.post(url, {"name": "x", "do": "cancel", "reason": "x"})

        assert answer.status_code == 302, name
        assert _counts() == counts, name


def _counts():
    models = (Station, SourceKey, Show, Episode, Airing, Person, User)
    revoked = SourceKey.objects.exclude(revoked_at=None).count()
    photos = Photo.objects.exclude(revoked_at=None).count()
    cancelled = Airing.objects.filter(is_cancelled=True).count()
    killed = StoryKill.objects.in_force().count()
    stocks = [model.objects.count() for model in models]
    return [*stocks, revoked, photos, cancelled, killed]


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_nowhere_one_is_turned_away(client, sign_in, rows, role):
    sign_in(role)
    page = client.get(reverse("wagtailadmin_home")).content.decode()

    for name, of, allowed in PAGES:
        if name.endswith(":index") and not of and role not in allowed:
            assert f'"{reverse(name)}"' not in page, name


def test_membership_is_shown_nothing_of_the_air_or_the_newsroom(client, sign_in, rows):
    sign_in("Membership")

    page = client.get(reverse("wagtailadmin_home")).content.decode()
    for secret in (
        "On air",
        reverse("air:index"),
        reverse("week:index"),
        "Morning Light",
    ):
        assert secret not in page


# --- hosts ---


@pytest.fixture
def host(sign_in, rows):
    user = sign_in("Host")
    Host.objects.create(show=Show.objects.get(slug="morning-light"), person=user.person)
    return user


def episode_of(show, **facts):
    return {
        "show": show.pk,
        "title": "Frost",
        "slug": "frost",
        "about": "null",
        **facts,
    }


def test_a_host_writes_an_episode_of_their_own_show(client, host):
    show = Show.objects.get(slug="morning-light")

    client.post(reverse("episodes:add"), episode_of(show))

    assert Episode.objects.get(slug="frost").show == show


def test_a_host_writes_none_of_anothers(client, host):
    show = Show.objects.get(slug="night-owl")

    page = client.post(reverse("episodes:add"), episode_of(show)).content.decode()

    assert "You do not host that show." in page
    assert not Episode.objects.filter(slug="frost").exists()


def test_a_host_does_not_move_an_episode_to_anothers_show(client, host, rows):
    url = reverse("episodes:edit", args=rows["own_episode"])

    client.post(url, episode_of(Show.objects.get(slug="night-owl")))

    assert Episode.objects.get(pk=rows["own_episode"][0]).show.slug == "morning-light"


def test_a_host_sees_their_own_episodes_in_the_list(client, host, rows):
    own, other = (
        reverse("episodes:edit", args=rows[which])
        for which in ("own_episode", "other_episode")
    )
    page = client.get(reverse("episodes:index")).content.decode()

    assert own in page
    assert other not in page


def change(client, recording):
    said = {"title": "Mine now", "credit": "", "transcript": "null"}
    return client.post(reverse("recordings:edit", args=[recording.pk]), said)


@pytest.mark.parametrize(
    ("of", "title"),
    [
        (["own_episode"], "Mine now"),
        ([], "Mine now"),
        (["other_episode"], "The organ tuner"),
        (["own_episode", "other_episode"], "The organ tuner"),
    ],
)
def test_a_host_changes_the_recordings_of_their_own_episodes_and_of_none(
    client, host, rows, of, title
):
    recording = keep_recording("The organ tuner")
    for which in of:
        Episode.objects.filter(pk=rows[which][0]).update(audio=recording)

    assert change(client, recording).status_code == 302

    recording.refresh_from_db()
    assert recording.title == title


def test_an_editor_changes_every_recording(client, sign_in, rows):
    sign_in("Editor")
    recording = keep_recording("The organ tuner")
    Episode.objects.filter(pk=rows["other_episode"][0]).update(audio=recording)

    change(client, recording)

    recording.refresh_from_db()
    assert recording.title == "Mine now"
