"""A picture is uploaded: what cannot be shown is refused in a sentence."""

from __future__ import annotations

import random
import struct
import zlib
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pixels
from wagtail.images.models import Image

from groundwave.people.models import User


pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a fresh rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# A page of pictures, the window in which a logo or a portrait is chosen, and many at once.
WAYS = [
    "wagtailimages:add",
    "wagtailimages_chooser:create",
    "wagtailimages:add_multiple",
]


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("ada@kgnd.example", "the ground"))
    return client


@pytest.fixture(params=WAYS)
def upload(editor, request):
    """Upload a file by each of the ways there are; return what is said of it."""
    many = request.param.endswith("multiple")
    # The chooser tells its fields from those of the search beside them.
    prefix = "image-chooser-upload-" if "chooser" in request.param else ""

    def upload(name, content):
        file = SimpleUploadedFile(name, content, "image/" + name.rpartition(".")[2])
        facts = {"title": "A mast", "collection": "1", "tags": "", "file": file}
        answer = editor.post(
            reverse(request.param),
            {"files[]": file, **facts}
            if many
            else {f"{prefix}{name}": value for name, value in facts.items()},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert answer.status_code in {200, 302}
        said = answer.json() if answer["Content-Type"] == "application/json" else {}
        words = said.get("error_message") or said.get("html")
        return unescape(words or answer.content.decode())

    return upload


def noise(kind):
    file = BytesIO()
    pixels = random.Random(1).randbytes(300 * 200 * 3)
    Pixels.frombytes("RGB", (300, 200), pixels).save(file, kind)
    return file.getvalue()


def png_that_says(width, height):
    """Return the beginning of a picture of that size, and none of its pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_a_picture_is_kept(upload, kind):
    upload(f"mast.{kind}", noise(kind))

    assert Image.objects.get().width == 300


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("not-an-image.png", b"This is a letter."),
        ("empty-head.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 400),
        *[
            (f"cut-off-{part}.{kind}", noise(kind)[: len(noise(kind)) // part])
            for kind in ("jpeg", "png", "webp")
            for part in (2, 3, 1000)
        ],
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_picture_that_cannot_be_read_is_refused_in_a_sentence(upload, name, content):
    said = upload(name, content)

    assert "This picture cannot be read: it is damaged, cut off or" in said
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("width", "height"), [(8_000, 5_001), (12_000, 8_000), (60_000, 60_000)]
)
def test_a_picture_too_large_for_a_small_machine_is_refused_in_a_sentence(
    upload, width, height
):
    said = upload("large.png", png_that_says(width, height))

    assert "This picture has more than 40 megapixels. Make it smaller and" in said
    assert not Image.objects.exists()
