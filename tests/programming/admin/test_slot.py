from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.programming.actions import change_slot, plan_slot, retire_show
from groundwave.programming.models import Airing, Slot
from groundwave.stations.actions import open_station
from programming.admin.conftest import NOW


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


def form(station, show, **more):
    usual = {
        "station": station and station.pk,
        "show": show.pk,
        "begins": "11:00",
        "minutes": "30",
        "repeats": "weekly",
        "weekdays": ["TU"],
        "every": "1",
        "rule": "",
        "starts_on": "2026-09-14",
        "until": "",
        "boundary": "hard",
        "timezone": "",
    }
    return {name: said for name, said in (usual | more).items() if said is not None}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"repeats": "once"}, ""),
        ({"repeats": "daily", "every": "3"}, "FREQ=DAILY;INTERVAL=3"),
        ({"weekdays": ["TH", "TU"], "every": ""}, "FREQ=WEEKLY;BYDAY=TU,TH"),
        ({"every": "2"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (
            {"repeats": "monthly", "places": ["2", "-1"], "weekdays": ["FR"]},
            "FREQ=MONTHLY;BYDAY=2FR,-1FR",
        ),
        ({"repeats": "rule", "rule": "FREQ=DAILY;COUNT=5"}, "FREQ=DAILY;COUNT=5"),
    ],
)
def test_choices_become_a_rule(editor, kgnd, shows, said, rule):
    response = editor.post(
        reverse("slots:add"), form(kgnd, shows["Valley News"], **said)
    )

    assert response.status_code == 302
    assert Slot.objects.get().rule == rule
    assert Airing.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"weekdays": []}, "Choose at least one weekday."),
        ({"repeats": "monthly"}, "Choose which of them"),
        ({"repeats": "rule"}, "Write the rule"),
        ({"repeats": "rule", "rule": "FREQ=HOURLY"}, "A rule says how often"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "1500000"}, "A slot lasts 24 hours at most."),
        ({"minutes": "1500"}, "A slot lasts 24 hours at most."),
        ({"starts_on": "9999-12-31", "begins": "23:30"}, "Choose a date from 1920"),
        ({"starts_on": "0001-01-01", "timezone": "Asia/Kolkata"}, "Choose a date from"),
        (
            {"weekdays": ["MO"], "starts_on": "2026-09-15", "until": "2026-09-17"},
            "never",
        ),
        ({"timezone": "localtime"}, "America/Denver"),
        ({"timezone": "Mars/Olympus"}, "America/Denver"),
        ({"until": "2026-01-01"}, "end before it starts"),
        (
            {"repeats": "once", "starts_on": "2027-03-14", "begins": "02:30"},
            "02:30 does not exist on that date",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(editor, kgnd, shows, said, sentence):
    page = editor.post(reverse("slots:add"), form(kgnd, shows["Valley News"], **said))

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Slot.objects.exists()


def seen(editor, slot):
    """Return what the form of *slot* carries along of what is seen in it."""
    page = editor.get(reverse("slots:edit", args=[slot.pk])).content.decode()
    (word,) = re.findall(r'name="seen" value="(\w+)"', page)
    return word


def test_the_form_shows_the_choices_that_a_rule_means(editor, morning):
    page = editor.get(reverse("slots:edit", args=[morning.pk])).content.decode()

    assert page.count('name="weekdays"') == 7
    assert page.count("checked") == 6  # five weekdays, and every week


def test_a_slot_that_is_changed_keeps_what_was_aired(editor, kgnd, morning, shows):
    said = form(
        None,
        shows["Morning Light"],
        begins="10:00",
        minutes="60",
        weekdays=["MO", "TU", "WE", "TH", "FR"],
        starts_on="2026-01-05",
        from_date="2026-09-21",
        seen=seen(editor, morning),
    )
    response = editor.post(reverse("slots:edit", args=[morning.pk]), said)

    assert response.status_code == 302
    before, after = Slot.objects.all()
    assert (before.until, before.minutes) == (date(2026, 9, 20), 120)
    assert (after.starts_on, after.minutes) == (date(2026, 9, 21), 60)
    assert after.rule == before.rule


def test_saving_a_slot_as_it_is_changes_nothing(editor, kgnd, morning, shows):
    names = set(Airing.objects.values_list("pk", flat=True))
    said = form(
        None,
        shows["Morning Light"],
        begins="10:00",
        minutes="120",
        weekdays=["MO", "TU", "WE", "TH", "FR"],
        starts_on="2026-01-05",
        from_date="2026-09-14",
        seen=seen(editor, morning),
    )
    editor.post(reverse("slots:edit", args=[morning.pk]), said)

    assert Slot.objects.get() == morning
    assert set(Airing.objects.values_list("pk", flat=True)) == names


def test_nobody_undoes_what_somebody_else_changes_in_between(editor, kgnd, shows):
    tuesday = date(2026, 9, 22)
    slot = plan_slot(
        kgnd,
        show=shows["Valley News"],
        starts_on=tuesday,
        begins=time(17),
        minutes=30,
        rule="FREQ=WEEKLY;BYDAY=TU",
        now=NOW,
    )
    facts = {"begins": "17:00", "starts_on": f"{tuesday}", "from_date": f"{tuesday}"}
    said = form(None, shows["Valley News"], **facts, seen=seen(editor, slot))
    change_slot(slot, from_date=tuesday, now=NOW, begins=time(18))

    url = reverse("slots:edit", args=[slot.pk])
    page = editor.post(url, said | {"minutes": "45"})

    assert (
        "Somebody has changed this slot since you opened it." in page.content.decode()
    )
    slot.refresh_from_db()
    assert (slot.begins, slot.minutes) == (time(18), 30)


def test_retired_shows_are_not_offered(editor, morning, shows):
    retire_show(shows["Night Owl"], now=NOW)
    retire_show(shows["Morning Light"], now=NOW)

    new = editor.get(reverse("slots:add")).content.decode()
    its_own = editor.get(reverse("slots:edit", args=[morning.pk])).content.decode()

    assert "Valley News</option>" in new
    assert "Night Owl</option>" not in new + its_own
    assert "Morning Light</option>" in its_own


def test_a_slot_that_is_over_says_so(editor, kgnd, shows, at_nine):
    slot = plan_slot(
        kgnd,
        show=shows["Night Owl"],
        starts_on=date(2026, 9, 1),
        begins=time(23),
        minutes=60,
        now=at_nine,
    )
    said = form(None, shows["Night Owl"], repeats="once", starts_on="2026-09-01")
    said["seen"] = seen(editor, slot)
    page = editor.post(reverse("slots:edit", args=[slot.pk]), said)

    assert "no date left to change" in page.content.decode()


def test_a_slot_is_taken_out_of_the_week(editor, morning):
    response = editor.post(reverse("slots:delete", args=[morning.pk]))

    assert response.status_code == 302
    assert not Slot.objects.exists()
    assert not Airing.objects.exists()


# --- while it is filled in ---


def test_clashes_are_said_in_words(editor, kgnd, morning, shows):
    said = form(kgnd, shows["Valley News"])

    told = editor.post(reverse("slots:preview"), said).content.decode()

    assert (
        "Tuesday, 15 September, 11:00 to 11:30: Morning Light and Valley News are both "
        "planned. Valley News would be heard; move, shorten or cancel one of them. "
        "So it is on 8 more dates within nine weeks." in told
    )
    assert not Slot.objects.filter(show=shows["Valley News"]).exists()


def test_they_are_said_again_after_saving(editor, kgnd, morning, shows):
    page = editor.post(
        reverse("slots:add"), form(kgnd, shows["Valley News"]), follow=True
    )

    assert "Valley News would be heard;" in page.content.decode()


def test_a_slot_does_not_clash_with_what_it_was_before(editor, kgnd, morning, shows):
    said = form(
        None,
        shows["Morning Light"],
        begins="09:30",
        from_date="2026-09-21",
        seen=seen(editor, morning),
    )
    url = reverse("slots:preview_change", args=[morning.pk])

    told = editor.post(url, said).content.decode()

    assert "None within nine weeks." in told
    morning.refresh_from_db()
    assert morning.minutes == 120


def test_a_simulcast_clashes_where_it_is_heard(editor, kgnd, morning, shows):
    two = open_station(kgnd.licensee, slug="two", name="Two", timezone="UTC")
    said = form(two, shows["Valley News"], begins="17:00", also_on=[kgnd.pk])

    told = editor.post(reverse("slots:preview"), said).content.decode()

    assert "KGND: Tuesday, 15 September, 11:00 to 11:30: Morning Light" in told


def test_what_happens_when_the_clocks_change_is_said(editor, kgnd, shows):
    said = form(
        kgnd,
        shows["Night Owl"],
        begins="01:30",
        minutes="60",
        weekdays=["SU"],
    )
    told = editor.post(reverse("slots:preview"), said).content.decode()

    assert "On Sunday, 1 November 2026 the clocks go back from 02:00 to 01:00:" in told
    assert (
        "Night Owl is on from 01:30 to 02:30 and lasts 120 minutes instead of 60"
        in told
    )
    assert "On Sunday, 14 March 2027 the clocks go forward from 02:00 to 03:00:" in told
    assert (
        "Night Owl is on from 01:30 to 02:00 and lasts 30 minutes instead of 60" in told
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"begins": "02:15"}, "its whole time is skipped"),
        ({"begins": "14:00"}, "is on as always, from 14:00 to 14:30"),
        ({"weekdays": ["WE"]}, "Night Owl is not on then."),
        ({"timezone": "Africa/Lagos"}, "not changed within a year"),
        ({"until": "2026-09-14"}, "It never comes: none of its days"),
        ({"starts_on": "2026-08-01", "until": "2026-09-01"}, "It never comes. Choose"),
        ({"minutes": "1440"}, "2026, 11:00 to 11:00 the day after"),
        ({"starts_on": "9999-12-31"}, "Choose a date from 1920-01-01 to 2199-12-31."),
        ({"starts_on": "0001-01-01"}, "Choose a date from 1920-01-01 to 2199-12-31."),
        ({"repeats": "rule", "rule": "FREQ=SOMETIMES"}, "A rule says how often"),
        ({"minutes": ""}, "what it would do is said here"),
    ],
)
def test_each_thing_that_may_happen_has_its_sentence(
    editor, kgnd, shows, said, sentence
):
    said = form(kgnd, shows["Night Owl"], **({"weekdays": ["SU"]} | said))

    assert sentence in editor.post(reverse("slots:preview"), said).content.decode()


def test_a_hostile_title_is_shown_and_not_run(editor, kgnd, morning, shows):
    shows["Valley News"].title = "<script>alert(1)</script>"
    shows["Valley News"].save()

    told = editor.post(reverse("slots:preview"), form(kgnd, shows["Valley News"]))

    assert "&lt;script&gt;" in told.content.decode()
    assert "<script>" not in told.content.decode()


# --- who may ---


@pytest.mark.parametrize(
    ("group", "may"),
    [("Host", False), ("Engineer", True), ("Editor", True), ("Administrator", True)],
)
def test_who_may_plan(client, ines, kgnd, shows, group, may):
    ines.groups.set([Group.objects.get(name=group)])
    client.force_login(ines)

    client.post(reverse("slots:add"), form(kgnd, shows["Valley News"]))
    told = client.post(reverse("slots:preview"), form(kgnd, shows["Valley News"]))

    assert Slot.objects.exists() is may
    assert (told.status_code == 200) is may
