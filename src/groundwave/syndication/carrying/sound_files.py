"""The file of an upstream sound, fetched and listened into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from groundwave.audio.errors import Unmeasurable
from groundwave.audio.measuring import Measured, measured
from groundwave.outbound.client import Limits
from groundwave.syndication.carrying.origins import NotHad, Origins
from groundwave.syndication.incoming import Sound


MOST_BYTES = 100 << 20
"""An hour and a half at the rate at which radio stations keep speech."""

_LIMITS = Limits(seconds=180, length=MOST_BYTES)
_ACCEPT = "audio/*, application/ogg"
_SUFFIXES = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/wav": "wav",
}
_LONGEST_STEM = 60


@contextmanager
def fetched_sound(
    sound: Sound, name: str, origins: Origins
) -> Iterator[tuple[TemporaryUploadedFile, Measured]]:
    """
    Give the file of *sound* and what is in it; it is gone unless it is kept meanwhile.

    Raises:
        NotHad: it is not there, or nothing in it sounds.
    """
    # What its kind is, its bytes say, and so its suffix comes last.
    with TemporaryUploadedFile("sound", None, None, None) as file:
        origins.get(
            sound.url, name=name, accept=_ACCEPT, limits=_LIMITS, into=file.file
        )
        file.flush()
        file.size = file.tell()
        facts = _measured(file, name)
        file.name = f"{_stem(sound)}.{_SUFFIXES[facts.media_type]}"
        yield file, facts


def _measured(file: TemporaryUploadedFile, name: str) -> Measured:
    try:
        return measured(Path(file.temporary_file_path()))
    except Unmeasurable as fault:
        sentence = _(
            "No sound could be made out in “%(name)s”: %(reason)s. Tell its origin "
            "if listeners need it."
        ) % {"name": name, "reason": fault}
        raise NotHad(sentence) from fault


def _stem(sound: Sound) -> str:
    last = unquote(urlsplit(sound.url).path).rpartition("/")[2]
    stem = "".join(each for each in last.partition(".")[0] if each.isprintable())
    return get_valid_filename(stem.strip()[:_LONGEST_STEM] or "sound")
