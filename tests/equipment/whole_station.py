"""A station with one of everything that its public may meet, and where it meets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.search import index

from equipment.carried import CARRIED, carry_everything
from equipment.photos import keep_photo
from equipment.stories import SHORT, STORY, tell_stories
from groundwave.delivery.darkroom import develop
from groundwave.newsroom.actions.figures import Heard, add_figure, source_named
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.models import Event, Metric
from groundwave.pages.models import HomePage, PlainPage, SectionPage
from groundwave.people.models import Person, User
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.programming.actions import plan_slot, set_default_show
from groundwave.programming.models import Episode, Host, Show
from groundwave.stations.actions import open_station
from groundwave.stations.models import Licensee, Link, Station


PAGES = [
    "/",
    "/schedule/",
    "/schedule/week/",
    "/shows/",
    "/shows/?category=Music",
    "/shows/morning-light/",
    "/shows/morning-light/frost/",
    "/people/",
    "/people/ida-marsh/",
    "/events/ferry/",
    STORY,
    SHORT,
    CARRIED,
    "/newsroom/",
    "/topics/bay/",
    "/corrections/",
    "/search/",
    "/search/?q=frost",
    "/search/?q=ferry",
    "/search/?q=zebra",
    "/about/",
    "/about/who-we-are/",
    "/nowhere/",
]
TEXT_PAGES = [
    "/text/",
    "/text/schedule/",
    "/text/shows/",
    "/text/shows/morning-light/",
    "/text/people/",
    "/text/people/ida-marsh/",
    "/text/events/ferry/",
    "/text/shows/morning-light/frost/",
    f"/text/pages{STORY}",
    f"/text/pages{CARRIED}",
    "/text/pages/newsroom/",
    "/text/pages/about/",
    "/text/pages/about/who-we-are/",
    "/text/search/?q=light",
    "/text/nowhere/",
]


def populate(kgnd: Station, *, now: datetime) -> None:
    """Give *kgnd* a second station beside it, shows, people, pages, and an ask."""
    _address(kgnd.licensee)
    jazz = open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")
    ida, light, frost = _morning_light()
    rest = Show.objects.create(title="The Rest", slug="the-rest", category="Talk")
    for each in (kgnd, jazz):
        set_default_show(each, rest)
    plan_slot(
        kgnd,
        show=light,
        starts_on=date(2026, 1, 1),
        begins=time(6),
        minutes=240,
        rule="FREQ=DAILY",
        now=now,
    )
    _write_about_us()
    ferry = _let_sources_disagree(now)
    story = tell_stories(ferry, by=ida, photo=picture("The ferry"), now=now)
    carry_everything(story.get_parent(), picture("The dam"))
    for each in (ida, light, frost):
        index.insert_or_update_object(each)


def picture(
    title: str = "A mast", *, pixels: int = 900, height: int | None = None
) -> Photo:
    """
    Return a picture that the worker has been at.

    It is at the first of each size; what it makes of any other is the same, and copied.
    """
    found = keep_photo(title, width=pixels, height=height or pixels)
    size = (found.width, found.height)
    if size in _developed:
        PhotoRendition.objects.bulk_create(each(found) for each in _developed[size])
    else:
        develop.call(found.pk)
        _developed[size] = [_print_of(each) for each in found.renditions.all()]
    return found


Print = Callable[[Photo], PhotoRendition]
_developed: dict[tuple[int, int], list[Print]] = {}


def _print_of(made: PhotoRendition) -> Print:
    name, data = Path(made.file.name).name, made.file.read()
    made.file.close()
    facts = {
        each: getattr(made, each)
        for each in ("filter_spec", "focal_point_key", "width", "height")
    }

    def copy(photo: Photo) -> PhotoRendition:
        return PhotoRendition(image=photo, file=ContentFile(data, name=name), **facts)

    return copy


def _address(licensee: Licensee) -> None:
    Licensee.objects.filter(pk=licensee.pk).update(
        support_url="https://give.kgnd.example/", support_text="It costs $9 an hour."
    )
    Link.objects.create(
        licensee=licensee, label="Mastodon", url="https://social.example/@kgnd"
    )


def _morning_light() -> tuple[Person, Show, Episode]:
    ida = Person.objects.create(
        name="Ida Marsh",
        slug="ida-marsh",
        role_line="Host",
        portrait=picture(),
        biography="<p>Up before the birds.</p>",
    )
    light = Show.objects.create(
        title="Morning Light",
        slug="morning-light",
        tagline="The day begins",
        category="Music",
        about="<p>Songs and frost.</p>",
        image=picture(),
    )
    Host.objects.create(show=light, person=ida)
    frost = Episode.objects.create(
        show=light, title="Frost", slug="frost", about="<p>On the panes.</p>"
    )
    return ida, light, frost


def _write_about_us() -> None:
    about = SectionPage(title="About us", slug="about", show_in_menus=True)
    HomePage.objects.get().add_child(instance=about)
    who = PlainPage(title="Who we are", slug="who-we-are", summary="Neighbors.")
    mast = {"image": picture(), "decorative": False, "alt_text": "A mast in the snow"}
    who.body = [
        ("text", "<h2>History</h2><p>Some <a href='/shows/'>shows</a>.</p>"),
        ("picture", {"image": mast, "caption": "Our mast", "credit": "Ida Marsh"}),
        ("quote", {"quote": "Along the ground.", "who": "Ida Marsh"}),
    ]
    about.add_child(instance=who)


def _let_sources_disagree(now: datetime) -> Event:
    by = User.objects.create_user("newsroom@kgnd.example")
    ferry = Event.objects.create(
        title="Ferry sinks", slug="ferry", timezone="America/Denver", is_public=True
    )
    missing = Metric.objects.create(event=ferry, label="People missing")
    for name, number in (("Tamarack County", 32), ("Bay Rescue", 42)):
        add_figure(
            missing,
            Quantity.of(Qualifier.AT_LEAST, Decimal(number)),
            heard=Heard(
                source_named(name, by=by), said_at=now, url="https://a.example"
            ),
            as_of=now,
            note="Counted by hand.",
            by=by,
            now=now,
        )
    return ferry
