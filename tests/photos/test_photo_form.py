"""A photo is uploaded: the form asks whose it is, and refuses what cannot be shown."""

from __future__ import annotations

import gc
import random
import struct
import zlib
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pixels

from groundwave.people.models import User
from groundwave.photos.models import Photo


pytestmark = pytest.mark.django_db

# A page of its own, the window in which a picture is chosen, and many at once.
WAYS = [
    "wagtailimages:add",
    "wagtailimages_chooser:create",
    "wagtailimages:add_multiple",
]
SAID = {
    "title": "A mast",
    "description": "A mast in the snow",
    "photographer": "Ida Marsh",
    "agency": "KGND",
    "rights_basis": "own",
    "may_be_on_pages": "on",
    "may_be_on_cards": "on",
    "collection": "1",
    "tags": "",
}


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("ada@kgnd.example", "the ground"))
    return client


@pytest.fixture(params=WAYS)
def upload(editor, request):
    """Upload a file by each of the ways there are; return what is said of it."""
    # The chooser tells its fields from those of the search beside them.
    prefix = "image-chooser-upload-" if "chooser" in request.param else ""

    def upload(name, content, **facts):
        file = SimpleUploadedFile(name, content, "image/" + name.rpartition(".")[2])
        field = "files[]" if request.param.endswith("multiple") else "file"
        answer = editor.post(
            reverse(request.param),
            {f"{prefix}{k}": v for k, v in {**SAID, **facts, field: file}.items()},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert answer.status_code in {200, 302}
        return unescape(answer.content.decode())

    return upload


def noise(kind, width=300, height=200):
    file = BytesIO()
    pixels = random.Random(1).randbytes(width * height * 3)
    Pixels.frombytes("RGB", (width, height), pixels).save(file, kind)
    return file.getvalue()


def png_that_says(width, height):
    """Return the beginning of a picture of that size, and none of its pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 99))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
UNREADABLE = [
    ("a-letter.png", b"This is a letter."),
    ("a-drawing.svg", SVG),
    ("a-drawing.png", SVG),
    ("a-page.jpg", b"<html><script>alert(1)</script></html>"),
    ("empty-head.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 400),
    *[
        (f"cut-off-{part}.{kind}", noise(kind)[: len(noise(kind)) // part])
        for kind in ("jpeg", "png", "webp")
        for part in (2, 3, 1000)
    ],
]


@pytest.mark.parametrize(("name", "content"), UNREADABLE)
def test_what_is_no_picture_is_refused_in_a_sentence(upload, name, content):
    said = upload(name, content)

    assert "This picture cannot be read: it is damaged, cut off or" in said
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("width", "height"), [(8_000, 5_001), (12_000, 8_000), (60_000, 60_000)]
)
def test_a_picture_too_large_for_a_small_machine_is_refused_in_a_sentence(
    upload, width, height
):
    said = upload("large.png", png_that_says(width, height))

    assert "This picture has more than 40 megapixels. Make it smaller and" in said
    assert not Photo.objects.exists()


def test_a_bomb_of_text_in_a_picture_is_refused_in_a_sentence(upload):
    """Some hundred bytes that become 80 MB."""
    body = b"zTXtcomment\0\0" + zlib.compress(b"x" * 80_000_000, 9)
    chunk = (
        struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    )
    picture = noise("png")

    said = upload("bomb.png", picture[:33] + chunk + picture[33:])

    assert "This picture cannot be read: it is damaged, cut off or" in said
    assert not Photo.objects.exists()


# --- what is asked; each of the ways has the same form ---


@pytest.fixture
def say(editor):
    """Upload a picture, saying something else of it; return what is answered."""

    def say(**facts):
        file = SimpleUploadedFile("mast.jpeg", noise("jpeg"), "image/jpeg")
        url = reverse("wagtailimages:add")
        answer = editor.post(url, {**SAID, "file": file, **facts})
        return unescape(answer.content.decode())

    return say


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_a_picture_of_any_usual_kind_is_kept(say, kind):
    say(file=SimpleUploadedFile(f"mast.{kind}", noise(kind)))

    assert Photo.objects.get().width == 300


def test_a_photo_is_kept_with_what_was_said_of_it(say):
    say()

    photo = Photo.objects.get()
    assert photo.credit == "Ida Marsh / KGND"
    assert photo.default_alt_text == "A mast in the snow"
    assert (photo.may_be_on_cards, photo.may_be_in_feeds) == (True, False)
    assert photo.file.name.startswith("originals/")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"photographer": " ", "agency": ""}, "Name the photographer, the agency or"),
        ({"rights_basis": ""}, "This field is required."),
        ({"description": ""}, "This field is required."),
        ({"rights_basis": "creative_commons"}, "Give the address of the license"),
        ({"rights_basis": "licensed"}, "Say which license it is, from whom and for"),
        ({"expires_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence(say, facts, sentence):
    said = say(**facts)

    assert said.count(sentence) == 1
    assert "Constraint" not in said
    assert not Photo.objects.exists()


def test_what_nobody_knows_yet_may_be_said_later(say):
    say(photographer="", agency="", rights_basis="unknown")

    assert Photo.objects.get().credit == ""


def test_nobody_is_led_to_a_right_that_they_did_not_choose(editor):
    page = editor.get(reverse("wagtailimages:add")).content.decode()

    assert '<option value="" selected>Choose why we may show it</option>' in page


def test_one_of_many_is_kept_once_its_form_was_filled_in(editor):
    file = SimpleUploadedFile("mast.jpeg", noise("jpeg"), "image/jpeg")
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "mast", "collection": "1", "files[]": file},
        headers=headers,
    ).json()
    assert answer["success"]
    assert not Photo.objects.exists()

    pk = answer["uploaded_file_id"]
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk])
    prefix = f"uploaded-image-{pk}-"
    editor.post(url, {f"{prefix}{k}": v for k, v in SAID.items()}, headers=headers)

    assert Photo.objects.get().credit == "Ida Marsh / KGND"
    gc.collect()
