from __future__ import annotations

from pathlib import Path

import pytest

from equipment.recordings import keep_recording, tone
from groundwave.delivery.ranges import PIECE_BYTES
from groundwave.delivery.recorded_files import MOST_WHOLE


pytestmark = pytest.mark.django_db

LONG = PIECE_BYTES / 32_000 + 1


@pytest.fixture
def talk(db):
    return keep_recording("The organ tuner", LONG)


def test_a_recording_is_sent_whole_to_who_asks_for_no_range(client, talk):
    answer = client.get(talk.file.url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Accept-Ranges"] == "bytes"
    assert b"".join(answer.streaming_content) == tone(LONG)
    answer.close()


def test_a_player_can_begin_anywhere_in_it(client, talk):
    whole = tone(LONG)

    answer = client.get(talk.file.url, headers={"Range": "bytes=1000-1999"})

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    assert answer["Content-Length"] == "1000"
    assert answer.content == whole[1000:2000]


def test_a_long_answer_is_cut_so_that_nobody_holds_a_worker_for_an_hour(client, talk):
    answer = client.get(talk.file.url, headers={"Range": "bytes=0-"})

    assert answer.status_code == 206
    assert len(answer.content) == PIECE_BYTES
    assert answer["Cache-Control"] == "no-store"


def test_a_range_behind_the_end_is_told_how_long_the_file_is(client, talk):
    answer = client.get(talk.file.url, headers={"Range": "bytes=99999999-"})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{talk.file.size}"


def test_a_client_that_knows_another_file_gets_this_one_whole(client, talk):
    asked = {"Range": "bytes=10-20", "If-Range": '"another"'}

    answer = client.get(talk.file.url, headers=asked)

    assert answer.status_code == 200
    answer.close()


def test_whether_it_is_there_can_be_asked_without_its_bytes(client, talk):
    answer = client.head(talk.file.url)

    assert answer.status_code == 200
    assert answer["Content-Length"] == str(talk.file.size)
    assert answer.content == b""


def test_a_recording_whose_file_is_lost_is_not_found(client, kgnd, talk):
    Path(talk.file.path).unlink()

    assert client.get(talk.file.url).status_code == 404


def test_what_is_no_recording_is_nobodys_to_fetch(client, kgnd, talk, settings):
    secret = Path(settings.MEDIA_ROOT) / "recordings" / "minutes.pdf"
    secret.write_bytes(b"%PDF-")

    assert client.get("/media/recordings/minutes.pdf").status_code == 404
    assert client.get("/media/recordings/..%2Fstandby%2Floop.mp3").status_code == 404
    assert client.get("/media/standby/loop.mp3").status_code == 404


def test_slow_downloads_leave_most_threads_to_everybody_else(client, talk):
    downloads = [client.get(talk.file.url) for _ in range(MOST_WHOLE)]

    refused = client.get(talk.file.url)
    played = client.get(talk.file.url, headers={"Range": "bytes=0-99"})

    assert [each.status_code for each in downloads] == [200] * MOST_WHOLE
    assert refused.status_code == 503
    assert refused["Retry-After"] == "60"
    assert refused["Content-Type"].startswith("text/plain")
    assert "Try again in a minute" in refused.content.decode()
    assert played.status_code == 206
    for each in downloads:
        each.close()
        each.close()
    answer = client.get(talk.file.url)
    assert answer.status_code == 200
    answer.close()


def test_a_file_whose_name_has_other_letters_is_known_again(client, db):
    talk = keep_recording("łódź")

    tag = client.head(talk.file.url)["ETag"]
    asked = {"Range": "bytes=10-20", "If-Range": tag}

    assert tag.isascii()
    assert "=?" not in tag
    assert client.get(talk.file.url, headers=asked).status_code == 206


def test_a_range_in_more_digits_than_any_file_has_is_no_fault(client, talk):
    answer = client.get(talk.file.url, headers={"Range": f"bytes={'9' * 5000}-"})

    assert answer.status_code == 200
    answer.close()
