"""Plans the demo station's week, once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import slugify

from groundwave.people.actions import person_named
from groundwave.people.models import Person
from groundwave.programming.actions import (
    give_episode,
    materialize,
    plan_slot,
    set_default_show,
)
from groundwave.programming.models import Airing, Episode, Host, Show
from groundwave.programming.schedule.walltime import wall_time
from groundwave.project.demo.week import PEOPLE, SHOWS, USUAL, DemoShow
from groundwave.stations.models import Station


# The demo was on the air last week already, as far as anybody can tell.
BEFORE = timedelta(days=7)


@transaction.atomic
def plan_demo_week(station: Station, *, now: datetime) -> bool:
    """Give *station* a week of shows, unless somebody has made one; tell whether."""
    if Show.objects.exists():
        return False
    people = {each.name: person_named(each.name) for each in PEOPLE}
    _introduce(people)
    set_default_show(station, _show(USUAL, people, is_listed=False))
    for each in SHOWS:
        show = _show(each, people)
        _plan(station, show, each, now - BEFORE)
    materialize(now)
    for each in SHOWS:
        _give_episodes(each, now)
    return True


def _introduce(people: dict[str, Person]) -> None:
    for each in PEOPLE:
        person = people[each.name]
        person.role_line = person.role_line or each.role
        person.biography = person.biography or f"<p>{each.biography}</p>"
        person.save()


def _show(told: DemoShow, people: dict[str, Person], *, is_listed: bool = True) -> Show:
    show: Show = Show.objects.create(
        title=told.title,
        slug=told.slug,
        tagline=told.tagline,
        about=told.about,
        category=told.category,
        is_listed=is_listed,
    )
    for position, name in enumerate(told.hosts):
        Host.objects.create(show=show, person=people[name], position=position)
    return show


def _plan(station: Station, show: Show, told: DemoShow, since: datetime) -> None:
    for rule, begins, minutes in told.slots:
        plan_slot(
            station,
            show=show,
            starts_on=_monday_of(wall_time(since, ZoneInfo(station.timezone)).date()),
            begins=time.fromisoformat(begins),
            minutes=minutes,
            rule=rule,
            now=since,
        )


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _give_episodes(told: DemoShow, now: datetime) -> None:
    """Name what is aired next in the show's own slot; its repeats stay without."""
    if not told.episodes:
        return
    _, begins, _ = told.slots[0]
    coming = Airing.objects.filter(
        show__slug=told.slug,
        slot__begins=time.fromisoformat(begins),
        ends_at__gt=now,
    )
    for title, airing in zip(told.episodes, coming, strict=False):
        episode = Episode.objects.create(
            show=airing.show, title=title, slug=slugify(title)
        )
        give_episode(airing, episode)
