"""A lead photo that cannot be: a sentence where it is chosen, and nothing typed is lost."""

from __future__ import annotations

import struct
import zlib
from html import unescape
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pixels
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.photos.models import Photo


pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SAID = {
    "title": "The ferry",
    "description": "A ferry on a sandbank in the fog",
    "photographer": "Ida Marsh",
    "agency": "KGND",
    "rights_basis": "own",
    "rights_note": "On assignment.",
    "may_be_on_pages": "on",
    "collection": "1",
    "tags": "",
}
TOO_MANY = "This picture has more than 40 megapixels. Make it smaller and upload"
UNREADABLE = "This picture cannot be read: it is damaged, cut off or something else."


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def one_color(width, height):
    """A picture of one color, whole, in a few kilobytes."""
    file = BytesIO()
    Pixels.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def bomb():
    """A picture in some kilobytes whose pixels would take more than a gigabyte."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 10_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", lines)
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def desk(client):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    return client


def upload(desk, name, content):
    """Upload it in the window that the story's form opens; return what that says then."""
    file = SimpleUploadedFile(name, content, "image/" + name.rpartition(".")[2])
    sent = {f"image-chooser-upload-{key}": value for key, value in SAID.items()}
    sent["image-chooser-upload-file"] = file
    url = reverse("wagtailimages_chooser:create")
    answer = desk.post(url, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 200
    return answer.json()


def form(photo=""):
    return nested_form_data(
        {
            "title": "Ferry sinks",
            "slug": "ferry-sinks",
            "dek": "The search goes on.",
            "lead_photo": photo,
            "body": streamfield([("text", rich_text("<p>It sank at noon.</p>"))]),
            "bylines": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("phone.png", one_color(8_000, 5_001), TOO_MANY),
        ("bomb.png", bomb(), TOO_MANY),
        ("drawing.svg", SVG, UNREADABLE),
        ("drawing.png", SVG, UNREADABLE),
    ],
    ids=["too-large", "bomb", "svg", "svg-by-another-name"],
)
def test_it_is_refused_in_a_sentence_beside_what_was_typed_of_it(
    desk, name, content, sentence
):
    asked = upload(desk, name, content)

    page = unescape(asked["htmlFragment"])
    assert asked["step"] == "reshow_creation_form"
    assert page.count(sentence) == 1
    for typed in ("A ferry on a sandbank in the fog", "Ida Marsh", "On assignment."):
        assert typed in page
    assert "<script>alert" not in page
    assert not Photo.objects.exists()


def test_the_story_is_kept_with_all_that_was_typed_in_it(desk, news):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "story", news.pk])
    desk.post(add, form())
    story = Story.objects.get()

    upload(desk, "bomb.png", bomb())
    # And of who sends a photo's number that there never was:
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    refused = desk.post(edit, form(photo="987654"))

    assert "The search goes on." in refused.content.decode()
    assert "It sank at noon." in refused.content.decode()
    draft = story.get_latest_revision_as_object()
    assert (draft.dek, draft.lead_photo) == ("The search goes on.", None)
    assert desk.post(edit, form() | {"action-publish": "1"}).status_code == 302
    assert "It sank at noon." in desk.get(Story.objects.get().url).content.decode()


def test_a_picture_of_just_forty_megapixels_is_a_lead_photo(desk):
    chosen = upload(desk, "phone.png", one_color(8_000, 5_000))

    assert chosen["step"] == "chosen"
    assert Photo.objects.get().width == 8_000
