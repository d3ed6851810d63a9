from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile

from groundwave.audio.lending import lent


SOUND = bytes(range(256)) * 40


def test_what_is_in_memory_is_copied_to_the_disk_and_can_be_read_again():
    upload = ContentFile(SOUND, name="talk.wav")
    upload.read(7)

    with lent(upload) as path:
        assert path.read_bytes() == SOUND

    assert not path.exists()
    assert upload.read() == SOUND


def test_what_is_on_the_disk_is_lent_where_it_is():
    with TemporaryUploadedFile("talk.wav", "audio/wav", len(SOUND), None) as upload:
        upload.write(SOUND)
        upload.flush()

        with lent(upload) as path:
            assert str(path) == upload.temporary_file_path()
            assert path.read_bytes() == SOUND

        assert path.exists()
