"""A story with one of every block, updated and corrected; and a short one beside it."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from equipment.recordings import keep_recording
from groundwave.newsroom.models import Byline, ChangeKind, Event, Story, Topic
from groundwave.pages.models import HomePage, SectionPage
from groundwave.people.models import Person
from groundwave.photos.models import Photo


STORY, SHORT = "/newsroom/ferry-sinks/", "/newsroom/ferry-was-old/"


def tell_stories(event: Event, *, by: Person, photo: Photo, now: datetime) -> Story:
    """Publish both, at ``STORY`` and ``SHORT``; return the one that has everything."""
    section = SectionPage(title="Newsroom", slug="newsroom")
    HomePage.objects.get().add_child(instance=section)
    short = Story(
        title="The ferry was old",
        slug="ferry-was-old",
        body=[("text", "<p>Very.</p>")],
        live=False,
    )
    section.add_child(instance=short)
    short.save_revision().publish()
    story = Story(
        title="Ferry sinks off Marrow Bay",
        slug="ferry-sinks",
        eyebrow="Developing",
        dek="The search goes on.",
        dateline="Marrow Bay",
        lead_photo=photo,
        lead_alt="A ferry on a sandbank",
        recording=keep_recording("The foghorn"),
        event=event,
        body=every_block(short, by, photo, now),
        live=False,
    )
    section.add_child(instance=story)
    story.bylines.set([Byline(person=by), Byline(guest="Sol Reed", role="editor")])
    story.topics = [Topic.objects.create(name="The bay", slug="bay")]
    story.save_revision().publish()
    for kind in (ChangeKind.UPDATE, ChangeKind.CORRECTION):
        _change(story, kind)
    story.refresh_from_db()
    return story


def every_block(related: Story, by: Person, photo: Photo, now: datetime) -> list:
    shown = {"image": photo, "decorative": False, "alt_text": "A mast in the snow"}
    pictured = {"image": shown, "caption": "Our mast", "credit": ""}
    report = get_document_model().objects.create(
        title="The report", file=ContentFile(b"All of it.", name="report.txt")
    )
    return [
        ("text", "<p>At least 32 people are missing.</p><h2>The search</h2>"),
        ("picture", pictured),
        ("gallery", {"photos": [pictured, pictured]}),
        ("quote", {"quote": "It sank.", "speaker": "A sailor", "context": "to us"}),
        ("audio", {"recording": keep_recording("The bell"), "title": ""}),
        ("facts", {"heading": "The ferry", "text": "<ul><li>Old</li></ul>"}),
        ("figures", {"counted": []}),
        ("related", {"story": related}),
        (
            "elsewhere",
            {
                "url": "https://www.youtube.com/watch?v=ferry",
                "title": "The ferry, a year ago",
                "by": "Bay Rescue",
            },
        ),
        ("document", {"document": report, "title": ""}),
        ("post", {"at": now, "heading": "Noon", "text": "<p>Fog.</p>", "author": by}),
    ]


def _change(story: Story, kind: ChangeKind) -> None:
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind, draft.change_text = kind, "Now we know more."
    draft.save_revision().publish()
