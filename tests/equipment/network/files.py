"""Pictures and sounds with real bytes, made when somebody asks for them."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from io import BytesIO
from zlib import crc32

from PIL import Image as Pixels

from equipment.encoders import mp3_frames
from equipment.network.asked import Answer, Asked, refusal


FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MEASURES = re.compile(r"-(\d{1,4})x(\d{1,4})$")
FRAMES_IN_A_SOUND = 80


def picture_answer(asked: Asked) -> Answer:
    """
    Return the picture of an address, such as ``/pictures/mast-1600x900.jpg``.

    Its name decides its color, ``?width=`` its size.
    """
    name, _, suffix = asked.path.rpartition("/")[2].rpartition(".")
    if suffix not in FORMATS:
        return refusal(HTTPStatus.NOT_FOUND, f"There is no picture {name}.{suffix}")
    width, height = _measures(name, dict(asked.parameters).get("width", ""))
    body = picture(name, width, height, FORMATS[suffix])
    return Answer(body=body, kind=f"image/{FORMATS[suffix].lower()}")


def sound_answer() -> Answer:
    return Answer(body=sound(), kind="audio/mpeg")


@cache
def picture(name: str, width: int, height: int, kind: str) -> bytes:
    file = BytesIO()
    color = crc32(MEASURES.sub("", name).encode()) & 0xFFFFFF
    Pixels.new("RGB", (width, height), f"#{color:06x}").save(file, kind)
    return file.getvalue()


@cache
def sound() -> bytes:
    """Return two seconds of a tone, as MP3."""
    return b"".join(each.data for each in mp3_frames(440)[:FRAMES_IN_A_SOUND])


def _measures(name: str, wanted: str) -> tuple[int, int]:
    found = MEASURES.search(name)
    width, height = (int(found[1]), int(found[2])) if found else (1600, 900)
    if not wanted.isdecimal():
        return width, height
    return int(wanted), max(1, height * int(wanted) // width)
