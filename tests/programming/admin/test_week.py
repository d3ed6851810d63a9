"""The week grid as a server tells it: without a script, one page and one form at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission

from groundwave.programming.actions import (
    change_slot,
    plan_slot,
    pre_empt,
    retire_show,
    set_default_show,
)
from groundwave.programming.models import Airing, Slot
from groundwave.stations.actions import open_station
from groundwave.stations.models import Station
from programming.admin.conftest import NOW


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]

DENVER = ZoneInfo("America/Denver")
MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
SPRING, AUTUMN = date(2027, 3, 14), date(2026, 11, 1)
WEEK = "/admin/week/kgnd/"


def on(day: date, wall: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), DENVER)


def wall(at: datetime) -> str:
    return f"{at.astimezone(DENVER):%a %H:%M}"


def words(response) -> str:
    """Return a page's text with single spaces."""
    return unescape(" ".join(response.content.decode().split()))


def airing_of(slot: Slot, day: date) -> Airing:
    return Airing.objects.get(name=slot.airing_name(day))


def url_of(slot: Slot, day: date) -> str:
    return f"{WEEK}airing/{slot.airing_name(day)}/?on={day}"


def when(day: date, begins: str, minutes: int, **more) -> dict[str, object]:
    return {"date": day, "begins": begins, "minutes": minutes, **more}


# --- who may look -----------------------------------------------------------


def test_it_is_not_for_everybody(client, odetta, kgnd):
    client.force_login(odetta)
    for url in (WEEK, f"{WEEK}plan/"):
        page = words(client.get(url, follow=True))
        assert "you do not have permission" in page
    assert "/admin/week/" not in page


def test_whoever_may_not_plan_slots_is_asked_about_one_date_only(client, odetta, news):
    may = Permission.objects.get(codename="change_airing")
    odetta.user_permissions.add(may)
    client.force_login(odetta)

    page = words(client.get(url_of(news, TUESDAY)))
    assert "Which dates" not in page
    assert "End the slot" not in page
    client.post(url_of(news, TUESDAY), when(TUESDAY, "18:00", 30, reach="following"))
    assert Slot.objects.count() == 1
    assert wall(airing_of(news, TUESDAY).starts_at) == "Tue 18:00"
    client.post(url_of(news, TUESDAY), {"do": "end", "sure": "1"})
    assert Slot.objects.get().until is None


def test_before_there_is_a_station_the_next_step_is_named(planner):
    assert "Open a station" in words(planner.get("/admin/week/"))


# --- the week ---------------------------------------------------------------


def test_the_week_of_any_date_shows_what_airs_when(planner, morning, news):
    page = words(planner.get(WEEK, {"date": "2027-01-13"}))

    assert "KGND, 10 January to 16 January 2027" in page
    assert page.count(">Morning Light<") == 5
    assert page.count(">Valley News<") == 1
    assert "10:00<span" in page


@pytest.mark.parametrize(
    "asked", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31"]
)
def test_a_date_that_cannot_be_is_this_week(planner, kgnd, asked):
    page = words(planner.get(WEEK, {"date": asked}))
    assert "KGND, 13 September to 19 September 2026" in page


def test_a_full_week_takes_no_more_questions_to_the_database_than_an_empty_one(
    planner, morning, news, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        planner.get(WEEK)


def test_where_nothing_is_planned_the_default_show_is_named(planner, kgnd, shows):
    set_default_show(kgnd, shows["Night Owl"])
    assert words(planner.get(WEEK)).count(">Night Owl<") == 7


def test_a_hostile_title_is_only_a_title(planner, kgnd, news):
    news.show.title = '"><script>alert(1)</script>'
    news.show.save()

    page = planner.get(WEEK).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_clash_is_told_in_words(planner, kgnd, morning, shows):
    plan_slot(
        kgnd,
        show=shows["Night Owl"],
        starts_on=TUESDAY,
        begins=time(11),
        minutes=90,
        now=on(MONDAY, "09:00"),
    )
    assert (
        "Tuesday, 15 September, 11:00 to 12:00: Morning Light and Night Owl are both "
        "planned. Night Owl would be heard; move, shorten or cancel one of them."
    ) in words(planner.get(WEEK))


def test_the_week_in_which_the_clocks_go_forward_says_what_becomes_of_what(
    planner, kgnd, shows
):
    facts = {"starts_on": MONDAY, "rule": "FREQ=DAILY", "now": on(MONDAY, "09:00")}
    for title, begins, minutes in [
        ("Night Owl", time(1), 120),
        ("Valley News", time(2), 30),
    ]:
        plan_slot(kgnd, show=shows[title], begins=begins, minutes=minutes, **facts)

    page = words(planner.get(WEEK, {"date": SPRING}))
    assert "Sunday, 14 March 2027 the clocks go forward from 02:00 to 03:00" in page
    assert "23 hours" in page
    assert (
        "Night Owl is on from 01:00 to 02:00 and lasts 60 minutes instead of 120"
        in page
    )
    assert (
        "Valley News, planned from 02:00 to 02:30, is not on that night: its whole time "
        "is skipped."
    ) in page


def test_the_next_change_of_the_clocks_is_one_click_away(planner, kgnd):
    page = words(planner.get(WEEK))
    assert "the clocks change on Sunday, 1 November 2026" in page
    assert "?date=2026-11-01" in page


# --- one airing -------------------------------------------------------------


def test_only_this_date_is_moved(planner, news):
    answer = planner.post(
        url_of(news, TUESDAY),
        when(TUESDAY + timedelta(days=1), "18:15", 45, reach="date"),
        follow=True,
    )

    assert (
        "Valley News now airs Wednesday, 16 September, 18:15 to 19:00, on this date only."
    ) in words(answer)
    moved = airing_of(news, TUESDAY)
    assert (wall(moved.starts_at), wall(moved.ends_at)) == ("Wed 18:15", "Wed 19:00")
    next_week = airing_of(news, TUESDAY + timedelta(days=7))
    assert wall(next_week.starts_at) == "Tue 17:00"


def test_this_and_the_following_dates_are_moved(planner, news):
    planner.post(
        url_of(news, TUESDAY), when(MONDAY, "18:00", 30, reach="following"), follow=True
    )

    rows = Airing.objects.filter(show=news.show).order_by("starts_at")
    assert [wall(row.starts_at) for row in rows[:3]] == ["Mon 18:00"] * 3
    assert rows[0].starts_at.astimezone(DENVER).date() == MONDAY


def test_one_of_several_days_is_moved_and_the_others_stay(planner, morning):
    wednesday = TUESDAY + timedelta(days=1)
    saturday = TUESDAY + timedelta(days=4)
    planner.post(
        url_of(morning, wednesday), when(saturday, "10:00", 120, reach="following")
    )

    rows = Airing.objects.filter(show=morning.show, starts_at__lt=on(saturday, "23:00"))
    days = ["Mon", "Tue", "Thu", "Fri", "Sat"]
    assert [wall(row.starts_at) for row in rows] == [f"{day} 10:00" for day in days]


def test_every_second_week_stays_the_same_one(planner, kgnd, shows):
    fortnightly = plan_slot(
        kgnd,
        show=shows["Night Owl"],
        starts_on=TUESDAY,
        begins=time(22),
        minutes=60,
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        now=on(MONDAY, "09:00"),
    )
    on_a_tuesday = TUESDAY + timedelta(days=14)
    planner.post(
        url_of(fortnightly, on_a_tuesday),
        when(on_a_tuesday - timedelta(days=1), "22:00", 60, reach="following"),
    )
    dates = [
        row.starts_at.astimezone(DENVER).date() for row in Airing.objects.all()[:3]
    ]
    assert dates == [TUESDAY, MONDAY + timedelta(days=14), MONDAY + timedelta(days=28)]


def test_what_was_moved_alone_follows_when_all_are_moved(planner, news):
    planner.post(url_of(news, TUESDAY), when(TUESDAY, "19:00", 30, reach="date"))
    planner.post(url_of(news, TUESDAY), when(TUESDAY, "20:00", 30, reach="following"))

    rows = Airing.objects.filter(show=news.show).order_by("starts_at")
    assert {wall(row.starts_at) for row in rows} == {"Tue 20:00"}


def test_a_day_that_a_daily_show_cannot_change_is_explained(planner, kgnd, shows):
    daily = plan_slot(
        kgnd,
        show=shows["Night Owl"],
        starts_on=MONDAY,
        begins=time(22),
        minutes=60,
        rule="FREQ=DAILY",
        now=on(MONDAY, "09:00"),
    )
    answer = planner.post(
        url_of(daily, TUESDAY), when(MONDAY, "22:00", 60, reach="following")
    )
    assert answer.status_code == 422
    assert "no one day can be moved. Move only this date" in words(answer)


def test_beyond_what_is_stored_an_airing_can_be_moved_as_well(planner, news):
    far = date(2027, 6, 1)
    planner.post(url_of(news, far), when(far, "18:00", 30, reach="date"))
    assert wall(airing_of(news, far).starts_at) == "Tue 18:00"


def test_it_is_cancelled_and_put_back(planner, news):
    answer = planner.post(url_of(news, TUESDAY), {"do": "cancel"}, follow=True)
    page = words(answer)
    assert "Valley News on Tuesday, 15 September is cancelled" in page
    assert "Cancelled this week" in page
    assert airing_of(news, TUESDAY).is_cancelled

    assert "Put back as the slot says" in words(planner.get(url_of(news, TUESDAY)))
    planner.post(url_of(news, TUESDAY), {"do": "restore"})
    assert not airing_of(news, TUESDAY).is_cancelled


def test_what_its_slot_has_no_more_cannot_be_put_back_and_that_is_said(planner, news):
    planner.post(url_of(news, TUESDAY), {"do": "cancel"})
    planner.post(url_of(news, TUESDAY + timedelta(days=7)), {"do": "end", "sure": "1"})
    Slot.objects.update(rule="FREQ=WEEKLY;BYDAY=WE")
    answer = planner.post(url_of(news, TUESDAY), {"do": "restore"}, follow=True)
    assert "has nothing to come on Tuesday, 15 September any more" in words(answer)


def test_a_slot_is_ended_before_a_date(planner, news):
    url = url_of(news, TUESDAY + timedelta(days=7))
    assert "Yes, end it" in words(planner.post(url, {"do": "end"}))
    assert Slot.objects.get().until is None
    planner.post(url, {"do": "end", "sure": "1"})

    news.refresh_from_db()
    assert news.until == TUESDAY + timedelta(days=6)
    assert not Airing.objects.filter(date__gt=news.until).exists()


def test_a_slot_that_was_changed_from_a_later_date_on_ends_there_as_well(planner, news):
    change_slot(news, from_date=date(2026, 10, 6), now=NOW, begins=time(18))
    url = url_of(news, TUESDAY + timedelta(days=7))

    page = words(planner.post(url, {"do": "end", "sure": "1"}, follow=True))

    assert (
        "Valley News airs in this slot no more from Tuesday, 22 September on." in page
    )
    assert [each.date for each in Airing.objects.all()] == [TUESDAY]


def test_from_when_on_a_later_change_takes_over_is_said(planner, news):
    change_slot(news, from_date=date(2026, 10, 6), now=NOW, begins=time(18))
    later = "From Tuesday, 6 October 2026 on "
    url = url_of(news, TUESDAY)
    assert f"{later}its slot airs as was planned for then" in words(planner.get(url))

    asked = when(TUESDAY, "09:00", 30, reach="following")
    page = words(planner.post(url, asked, follow=True))

    assert f"at 09:00 from Tuesday, 15 September on. {later}it airs as was" in page
    at = {wall(each.starts_at) for each in Airing.objects.filter(date__lt="2026-10-06")}
    assert at == {"Tue 09:00"}


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=WE", "FREQ=MONTHLY;BYDAY=4WE"])
def test_a_slots_first_date_is_moved_to_an_earlier_day(planner, kgnd, shows, rule):
    first, earlier = date(2026, 9, 23), date(2026, 9, 21)
    slot = plan_slot(
        kgnd,
        show=shows["Valley News"],
        starts_on=first,
        begins=time(17),
        minutes=30,
        rule=rule,
        now=NOW,
    )
    if "MONTHLY" in rule:
        earlier = date(2026, 9, 22)  # the fourth of its kind, too
    asked = when(earlier, "17:00", 30, reach="following")
    planner.post(url_of(slot, first), asked)

    assert Airing.objects.first().date == earlier


def test_what_is_on_the_air_ends_now_and_that_is_said(planner, kgnd, shows):
    slot = plan_slot(
        kgnd,
        show=shows["Night Owl"],
        starts_on=MONDAY,
        begins=time(8, 30),
        minutes=60,
        now=NOW,
    )
    page = words(planner.post(url_of(slot, MONDAY), {"do": "cancel"}, follow=True))

    assert "Night Owl ends now; its rest can be put back here." in page
    (heard,) = Airing.objects.standing()
    assert (wall(heard.starts_at), wall(heard.ends_at)) == ("Mon 08:30", "Mon 09:00")


@pytest.mark.parametrize("zone", ["America/Denver", "Asia/Kolkata"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_days_that_nobody_plans_are_refused_in_a_sentence(
    planner, kgnd, shows, day, zone
):
    Station.objects.update(timezone=zone)
    asked = {"date": day, "begins": "23:30", "minutes": 60}

    assert planner.get(f"{WEEK}plan/", asked).status_code == 200
    said = asked | {"show": shows["Night Owl"].pk, "how": "weekly"}
    page = words(planner.post(f"{WEEK}plan/", said))

    assert "Choose a date from 1920-01-01 to 2199-12-31." in page


def test_retired_shows_and_their_episodes_are_not_offered(planner, kgnd, shows):
    shows["Night Owl"].episodes.create(title="Bats", slug="bats")
    retire_show(shows["Night Owl"], now=NOW)

    page = words(planner.get(f"{WEEK}plan/"))

    assert "Valley News" in page
    assert "Night Owl" not in page


@pytest.mark.parametrize(
    ("url", "data", "missing"),
    [
        (f"{WEEK}plan/", {}, "add_airing"),
        (None, {"do": "end", "sure": "1"}, "delete_slot"),
    ],
)
def test_what_makes_or_deletes_is_asked_for_by_its_own_name(
    client, odetta, news, url, data, missing
):
    kept = {"change_airing", "change_slot", "add_airing", "delete_slot"} - {missing}
    odetta.user_permissions.set(Permission.objects.filter(codename__in=kept))
    client.force_login(odetta)

    page = words(client.post(url or url_of(news, TUESDAY), data, follow=True))

    assert "you do not have permission" in page
    assert Slot.objects.get().until is None


def test_a_week_in_which_the_clocks_change_asks_no_more_for_more_slots(
    planner, kgnd, shows, django_assert_max_num_queries
):
    for number in range(20):
        plan_slot(
            kgnd,
            show=shows["Night Owl"],
            starts_on=MONDAY,
            begins=time(1, number * 2),
            minutes=90,
            rule="FREQ=DAILY",
            now=NOW,
        )
    with django_assert_max_num_queries(30):
        planner.get(WEEK, {"date": AUTUMN})


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (when(date(2026, 9, 8), "17:00", 30), "That time is over."),
        (when(SPRING, "02:30", 30), "02:30 does not exist on that date"),
        (when(TUESDAY, "25:00", 30), "Enter a valid time."),
        (when(TUESDAY, "17:00", 0), "greater than or equal to 1"),
        (when(TUESDAY, "17:00", 99_999), "less than or equal to 10080"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_a_sentence(planner, news, asked, sentence):
    answer = planner.post(url_of(news, TUESDAY), {**asked, "reach": "date"})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert wall(airing_of(news, TUESDAY).starts_at) == "Tue 17:00"


def test_on_the_night_that_has_a_time_twice_either_can_be_meant(planner, news):
    asked = when(AUTUMN, "01:30", 30, reach="date")
    form = words(planner.get(url_of(news, TUESDAY), asked))
    assert "The second time the clock shows it" in form
    assert "The second time" not in words(planner.get(url_of(news, TUESDAY)))

    planner.post(url_of(news, TUESDAY), asked)
    first = airing_of(news, TUESDAY).starts_at
    planner.post(url_of(news, TUESDAY), {**asked, "again": "on"})
    second = airing_of(news, TUESDAY).starts_at
    assert first == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert second == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_before_saving_it_says_what_would_become_of_what_is_there(
    planner, morning, news
):
    asked = when(TUESDAY, "11:45", 30, reach="date")
    form = words(planner.get(url_of(news, TUESDAY), asked))
    assert (
        "Morning Light, Tuesday, 15 September, 10:00 to 12:00, is cut short at 11:45"
        in form
    )

    asked["reach"] = "following"
    form = words(planner.get(url_of(news, TUESDAY), asked))
    assert "It clashes with Morning Light" in form


def test_what_is_over_can_only_be_copied(planner, kgnd, shows):
    speech = pre_empt(
        kgnd,
        show=shows["The Mayor Speaks"],
        starts_at=on(MONDAY, "08:00"),
        ends_at=on(MONDAY, "08:30"),
        now=on(MONDAY, "07:00"),
    )
    url = f"{WEEK}airing/{speech.name}/?on={MONDAY}"

    page = words(planner.get(url))
    assert "what was heard stays" in page
    assert "Copy to another time" in page
    answer = planner.post(url, when(TUESDAY, "08:00", 30))
    assert answer.status_code == 422
    assert "It is over" in words(answer)
    assert "It is over" in words(planner.post(url, {"do": "cancel"}))


def test_which_episode_it_was_can_be_said_afterwards(planner, kgnd, shows):
    speech = pre_empt(
        kgnd,
        show=shows["The Mayor Speaks"],
        starts_at=on(MONDAY, "08:00"),
        ends_at=on(MONDAY, "08:30"),
        now=on(MONDAY, "07:00"),
    )
    budget = speech.show.episodes.create(title="The budget", slug="budget")
    other = shows["Night Owl"].episodes.create(title="Bats", slug="bats")
    url = f"{WEEK}airing/{speech.name}/?on={MONDAY}"

    form = words(planner.get(url))
    assert "The budget" in form
    assert "Bats" not in form
    refusal = planner.post(url, {"do": "episode", "episode": other.pk})
    assert "That episode is another show's" in words(refusal)
    page = words(
        planner.post(url, {"do": "episode", "episode": budget.pk}, follow=True)
    )
    assert "is the episode The budget." in page
    speech.refresh_from_db()
    assert speech.episode == budget


def test_a_networks_slot_keeps_its_own_clock_when_it_is_moved(planner, kgnd, shows):
    kxyz = open_station(kgnd.licensee, slug="kxyz", name="KXYZ", timezone="UTC")
    network = plan_slot(
        kgnd,
        show=shows["Valley News"],
        starts_on=MONDAY,
        begins=time(17),
        minutes=60,
        timezone="America/New_York",
        rule="FREQ=WEEKLY;BYDAY=TU",
        also_on=[kxyz],
        now=on(MONDAY, "09:00"),
    )

    form = words(planner.get(url_of(network, TUESDAY)))
    assert "goes by the wall clock of America/New_York: 17:00 there" in form
    assert "is heard on KXYZ as well" in form
    planner.post(
        url_of(network, TUESDAY), when(TUESDAY, "22:30", 60, reach="following")
    )
    slot = Slot.objects.get()
    assert slot.begins == time(0, 30)
    assert slot.rule == "FREQ=WEEKLY;BYDAY=WE"
    rows = Airing.objects.filter(station=kgnd).order_by("starts_at")
    assert {wall(row.starts_at) for row in rows} == {"Tue 22:30"}


@pytest.mark.parametrize("tail", ["", "?on=2026-09-15", "?on=never", "?on=9999-12-31"])
def test_an_airing_that_is_not_planned_is_not_found(planner, kgnd, tail):
    assert planner.get(f"{WEEK}airing/no-such/thing/{tail}").status_code == 404


# --- something new ----------------------------------------------------------


def test_a_speech_goes_over_a_show_which_goes_on_after_it(planner, morning, shows):
    asked = when(TUESDAY, "10:30", 30, show=shows["The Mayor Speaks"].pk, how="once")
    form = words(planner.get(f"{WEEK}plan/", asked))
    assert "It interrupts Morning Light" in form
    assert "goes on at 11:00" in form

    page = words(planner.post(f"{WEEK}plan/", asked, follow=True))
    assert "The Mayor Speaks airs once, Tuesday, 15 September, 10:30 to 11:00." in page
    assert "goes on" in page
    assert page.count(">Morning Light<") == 6


def test_a_weekly_slot_is_drawn(planner, kgnd, shows):
    asked = when(TUESDAY, "20:00", 60, show=shows["Night Owl"].pk, how="weekly")
    page = words(planner.post(f"{WEEK}plan/", asked, follow=True))

    assert "Night Owl airs every week at 20:00 from Tuesday, 15 September on." in page
    slot = Slot.objects.get()
    assert (slot.rule, slot.starts_on) == ("FREQ=WEEKLY;BYDAY=TU", TUESDAY)


def test_a_new_slot_that_clashes_is_planned_and_said(planner, morning, shows):
    asked = when(TUESDAY, "11:00", 60, show=shows["Night Owl"].pk, how="weekly")
    page = words(planner.post(f"{WEEK}plan/", asked, follow=True))
    assert "Morning Light and Night Owl are both planned" in page


def test_an_episode_of_another_show_is_refused(planner, kgnd, shows):
    episode = shows["Night Owl"].episodes.create(title="One", slug="one")
    asked = when(TUESDAY, "20:00", 60, show=shows["Valley News"].pk, episode=episode.pk)
    answer = planner.post(f"{WEEK}plan/", {**asked, "how": "once"})
    assert "One is an episode of Night Owl" in words(answer)


# --- the script's side ------------------------------------------------------


def test_the_script_gets_the_form_alone_and_a_sentence(planner, news):
    part = {"X-Groundwave-Part": "form"}
    form = planner.get(url_of(news, TUESDAY), headers=part).content.decode()
    assert "<html" not in form
    assert "csrfmiddlewaretoken" in form

    asked = when(TUESDAY, "18:00", 30, reach="date")
    said = planner.post(url_of(news, TUESDAY), asked, headers=part).json()
    assert said["sentence"].startswith("Valley News now airs Tuesday")
    assert said["warnings"] == []
    assert said["url"] == "/admin/week/kgnd/?date=2026-09-13"


# --- cancelled, and on several stations at once -----------------------------


def test_what_is_cancelled_is_drawn_struck_where_it_would_have_been(planner, news):
    planner.post(url_of(news, TUESDAY), {"do": "cancel"})

    page = words(planner.get(WEEK))
    assert page.count("gw-block--cancelled") == 1
    assert '<s class="gw-block__title">Valley News</s>' in page

    planner.post(url_of(news, TUESDAY), {"do": "restore"})
    assert "gw-block--cancelled" not in words(planner.get(WEEK))


def test_what_is_cancelled_cannot_be_dragged(planner, news):
    planner.post(url_of(news, TUESDAY), {"do": "cancel"})

    page = planner.get(WEEK).content.decode()
    block = page[page.index("gw-block--cancelled") :]
    assert "data-movable" not in block[: block.index("</a>")]


@pytest.fixture
def jazz(kgnd):
    return open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")


def test_with_one_station_nobody_is_asked_about_others(planner, kgnd):
    assert "Also heard on" not in words(planner.get(f"{WEEK}plan/"))


def test_a_speech_is_heard_on_several_stations_at_once(planner, kgnd, jazz, shows):
    speech = shows["The Mayor Speaks"]
    facts = when(TUESDAY, "11:00", 30, show=speech.pk, how="once", also_on=[jazz.pk])

    page = words(planner.post(f"{WEEK}plan/", facts, follow=True))

    assert "11:00 to 11:30, on KGND and KGND Jazz." in page
    made = Airing.objects.filter(show=speech)
    assert {each.station for each in made} == {kgnd, jazz}
    assert {wall(each.starts_at) for each in made} == {"Tue 11:00"}


def test_what_it_would_do_elsewhere_is_said_with_the_stations_name(
    planner, kgnd, jazz, morning, shows
):
    at = on(TUESDAY, "11:00")
    night = shows["Night Owl"]
    ends_at = at + timedelta(hours=1)
    pre_empt(jazz, show=night, starts_at=at, ends_at=ends_at, now=on(MONDAY, "09:00"))
    facts = when(TUESDAY, "11:00", 30, also_on=jazz.pk)

    page = words(planner.get(f"{WEEK}plan/", facts))

    assert "It interrupts Morning Light" in page
    assert "KGND Jazz: It clashes with Night Owl" in page


def test_if_it_cannot_be_on_one_station_it_is_on_none(planner, kgnd, jazz, shows):
    facts = when(date(2020, 1, 7), "11:00", 30, how="once", also_on=[jazz.pk])

    planner.post(f"{WEEK}plan/", facts | {"show": shows["Night Owl"].pk})

    assert not Airing.objects.filter(show=shows["Night Owl"]).exists()


def test_a_station_that_is_not_there_is_refused(planner, kgnd, jazz, shows):
    facts = when(TUESDAY, "11:00", 30, how="once", also_on=["999"])

    planner.post(f"{WEEK}plan/", facts | {"show": shows["Night Owl"].pk})

    assert not Airing.objects.filter(show=shows["Night Owl"]).exists()


def test_a_weekly_slot_is_heard_on_several_stations(planner, kgnd, jazz, shows):
    night = shows["Night Owl"]
    facts = when(TUESDAY, "22:00", 60, show=night.pk, how="weekly", also_on=[jazz.pk])

    planner.post(f"{WEEK}plan/", facts)

    assert set(Slot.objects.get(show=night).also_on.all()) == {jazz}
