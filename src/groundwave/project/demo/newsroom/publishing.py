"""
Puts the demo's stories on the site, once, as a newsroom does.

Everything passes the gates that a real story passes; only then is it dated back, so
that it seems to have been told over the last days.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import formats
from django.utils.dateformat import format as in_words
from django.utils.text import slugify
from wagtail.models import Site

from groundwave.newsroom.models import Byline, Story, StoryUpdate, Topic
from groundwave.pages.models import Recording, SectionPage
from groundwave.people.actions import person_named
from groundwave.people.models import User
from groundwave.photos.models import Photo
from groundwave.project.demo.encoder import encoded
from groundwave.project.demo.newsroom import culture, ferry, fog_signal, news, science
from groundwave.project.demo.newsroom.counting import count_the_ferry
from groundwave.project.demo.newsroom.figures_in_words import pinned
from groundwave.project.demo.newsroom.pictures import hang, hang_portrait
from groundwave.project.demo.newsroom.staff import LIKENESSES, NELL, STAFF
from groundwave.project.demo.newsroom.told import (
    MADE_UP,
    Block,
    DemoChange,
    DemoPhoto,
    DemoStory,
)
from groundwave.stations.models import Licensee


SECTIONS = (
    ("news", "News", "What happened on a bay that is on no map, and who says so."),
    (
        "land-and-water",
        "Land and Water",
        "The mountain, the creeks, the bay, and how we know.",
    ),
    ("culture", "Culture", "What people make when nobody has asked them to."),
)
STORIES = (*news.STORIES, *science.STORIES, *culture.STORIES)
# Times that somebody gave are not to the second.
_STEP = timedelta(minutes=5)


@transaction.atomic
def publish_demo_stories(now: datetime) -> bool:
    """Publish the demo's stories, unless the site has pages of its own; tell whether."""
    if Story.objects.exists() or SectionPage.objects.exists():
        return False
    Newsroom(now).publish()
    return True


class Newsroom:
    """The people, the sections and the clock that the demo's stories share."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.zone = ZoneInfo(Licensee.objects.get().timezone)
        self.editor = _editor()
        self.people = {each.name: person_named(each.name) for each in STAFF}
        self.sections: dict[str, SectionPage] = {}
        self.facts: dict[str, str] = {}

    def publish(self) -> None:
        """Publish everything, the oldest first."""
        self._open_sections()
        newest_first = sorted(STORIES, key=lambda each: each.ago)
        # What is seen first is developed first, and the worker takes them in turn.
        for told in (ferry.FERRY, *newest_first):
            self._hung(told.photo)
        for told in reversed(newest_first):
            self._publish(told)
        self._follow_the_ferry()
        self._introduce()

    def _introduce(self) -> None:
        for each in STAFF:
            person = self.people[each.name]
            person.role_line = person.role_line or each.role
            person.biography = person.biography or f"<p>{each.biography}</p>"
            person.save()
            hang_portrait(person, LIKENESSES[each.name], by=self.editor)

    def _open_sections(self) -> None:
        home = Site.objects.get(is_default_site=True).root_page
        for slug, title, introduction in SECTIONS:
            page = SectionPage(
                title=title,
                slug=slug,
                introduction=f"<p>{introduction}</p>",
                show_in_menus=True,
            )
            self.sections[slug] = home.add_child(instance=page)

    def _publish(self, told: DemoStory, **facts: Any) -> Story:
        story = Story(
            title=told.headline,
            slug=told.slug,
            eyebrow=told.eyebrow,
            dek=told.dek,
            dateline=told.dateline,
            lead_photo=self._hung(told.photo),
            first_published_at=self.before(told.ago),
            live=False,
            owner=self.editor,
            **facts,
        )
        story.body = self._body(told.body)
        story.bylines.set([self._byline(*each) for each in told.bylines])
        story.topics = [_topic(each) for each in told.topics]
        self.sections[told.section].add_child(instance=story)
        self._make_public(story)
        return story

    def _make_public(self, story: Story) -> None:
        story.save_revision(user=self.editor).publish(user=self.editor)

    def _byline(self, name: str, role: str) -> Byline:
        person = self.people.get(name)
        return Byline(person=person, guest="" if person else name, role=role)

    def _follow_the_ferry(self) -> None:
        began = self.before(ferry.BEGAN_AGO)
        event, figures = count_the_ferry(began, self.zone.key, editor=self.editor)
        local = began.astimezone(self.zone)
        self.facts = pinned(figures) | {
            "day": in_words(local, "l"),
            "began": formats.time_format(local),
        }
        story = self._publish(ferry.FERRY, event=event)
        for change in ferry.CHANGES:
            story.refresh_from_db()
            self._change(story.get_latest_revision_as_object(), change)

    def _change(self, draft: Story, change: DemoChange) -> None:
        draft.begin_another_change()
        draft.change_kind, draft.change_text = change.kind, change.words
        draft.title, draft.dek = change.headline or draft.title, change.dek or draft.dek
        draft.body = self._body(change.body)
        revision = draft.save_revision(user=self.editor)
        # Told already: publishing finds the answer that it would write down now.
        StoryUpdate.objects.create(
            uid=draft.change_uid,
            story=draft,
            revision=revision,
            kind=change.kind,
            text=change.words,
            is_significant=True,
            at=self.before(change.ago),
            by=self.editor,
        )
        revision.publish(user=self.editor)

    # --- what the texts leave open ---

    def before(self, ago: timedelta) -> datetime:
        """Return the round time that was *ago*."""
        at = self.now - ago
        return at - timedelta(
            minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond
        )

    def _body(self, blocks: tuple[Block, ...]) -> list[Block]:
        return [*map(self._block, blocks), ("text", MADE_UP)]

    def _block(self, block: Block) -> Block:
        """Return *block* with what only the site has."""
        match block:
            case "text", str(html):
                return "text", html.format(**self.facts)
            case "picture", DemoPhoto() as told:
                return "picture", {"image": _shown(self._hung(told), told.alt)}
            case "audio", None:
                return "audio", {"recording": self._fog_signal()}
            case "related", str(slug):
                return "related", {"story": Story.objects.get(slug=slug)}
            case _:
                return block

    def _hung(self, told: DemoPhoto) -> Photo:
        known = Photo.objects.filter(title=told.title).first()
        return known or hang(told, by=self.editor, now=self.now)

    def _fog_signal(self) -> Recording:
        known = Recording.objects.filter(title=fog_signal.TITLE).first()
        return known or _recorded()


def _editor() -> User:
    """Return the user in whose name the demo is published; nobody signs in as them."""
    given, _, family = NELL.partition(" ")
    user = User.objects.create_user(
        "nell.corrigan@kgnd.example", first_name=given, last_name=family
    )
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def _topic(name: str) -> Topic:
    return Topic.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]


def _shown(photo: Photo, alt: str) -> dict[str, Any]:
    return {"image": photo, "decorative": False, "alt_text": alt}


def _recorded() -> Recording:
    frames = (
        frame for batch in encoded(fog_signal.fog_signal()) for frame in batch.frames
    )
    recording = Recording(
        title=fog_signal.TITLE,
        file=ContentFile(b"".join(frames), name="fog-signal.mp3"),
        credit="Made of sums by the demo studio",
        transcript="<p>A fog signal of two tones, three times; waves on a beach.</p>",
    )
    recording.full_clean()
    recording.save()
    return recording
