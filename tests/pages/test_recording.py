from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from equipment.recordings import keep_recording, tone
from groundwave.pages.models import HomePage, PlainPage, Recording, SectionPage
from groundwave.pages.recording import MOST_BYTES, is_of_recording_size
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client, db):
    user = User.objects.create_user("odetta@kgnd.example", "along the ground")
    user.groups.add(Group.objects.get(name="Host"))
    client.force_login(user)
    return client


def upload(name="talk.wav", data=None):
    return SimpleUploadedFile(name, tone(2.5) if data is None else data)


def filled(**facts):
    form = {"title": "The organ tuner", "credit": "Odetta", "transcript": "null"}
    return {**form, **facts}


def test_a_host_keeps_a_recording_and_its_length_is_learned(host):
    host.post(reverse("recordings:add"), filled(file=upload()))

    kept = Recording.objects.get()
    assert kept.seconds == pytest.approx(2.5, abs=0.1)
    assert kept.media_type == "audio/wav"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload(data=b"<!doctype html><p>not a talk"), "it is a web page"),
        (upload(data=b"RIFF" + bytes(20)), "it is no known kind of audio"),
        (upload(name="talk.exe"), "is not allowed"),
    ],
)
def test_what_is_no_sound_is_refused_with_a_sentence(host, file, sentence):
    answer = host.post(reverse("recordings:add"), filled(file=file))

    assert sentence in answer.content.decode()
    assert not Recording.objects.exists()


def test_what_is_larger_than_a_phone_can_use_is_refused():
    with pytest.raises(ValidationError, match="larger than 1 GB"):
        is_of_recording_size(SimpleNamespace(size=MOST_BYTES + 1))


def test_a_file_that_stays_the_same_is_not_read_again(host):
    kept = keep_recording("The organ tuner")
    kept.file.storage.delete(kept.file.name)

    answer = host.post(
        reverse("recordings:edit", args=[kept.pk]), filled(title="The bell founder")
    )

    assert answer.status_code == 302
    assert Recording.objects.get().title == "The bell founder"


def test_another_file_is_measured_again(host):
    kept = keep_recording("The organ tuner", 1.0)

    host.post(reverse("recordings:edit", args=[kept.pk]), filled(file=upload()))

    assert Recording.objects.get().seconds == pytest.approx(2.5, abs=0.1)


def test_an_editor_can_upload_while_choosing(host):
    answer = host.post(
        reverse("recording_chooser:create"),
        {
            **{f"recording-chooser-{k}": v for k, v in filled(file=upload()).items()},
            **filled(file=upload()),
        },
    )

    assert json.loads(answer.content)["step"] == "chosen"
    assert Recording.objects.get().credit == "Odetta"


@pytest.fixture
def page_with_audio(kgnd):
    recording = keep_recording(
        'Hostile "title" <b>',
        credit="Ida Marsh for KGND",
        transcript="<p>Nobody was there.</p>",
    )
    page = PlainPage(title="Who we are", slug="who")
    page.body.append(("audio", {"recording": recording, "title": ""}))
    return HomePage.objects.get().add_child(instance=page)


def test_a_page_has_a_recording_to_listen_to_to_queue_and_to_keep(
    client, page_with_audio
):
    page = client.get(page_with_audio.url).content.decode()
    recording = Recording.objects.get()

    assert 'data-air="listen"' in page
    assert 'data-air="queue"' in page
    assert f'href="{recording.file.url}"' in page
    assert "Ida Marsh for KGND" in page
    assert "Nobody was there." in page
    assert "Hostile &quot;title&quot; &lt;b&gt;" in page
    assert "<b>" not in page


def test_without_a_script_there_is_the_browsers_own_player(client, page_with_audio):
    page = client.get(page_with_audio.url).content.decode()
    plain = page.partition("<noscript>")[2]

    assert "<audio controls" in plain
    assert Recording.objects.get().file.url in plain


def test_a_page_goes_on_without_a_recording_that_was_deleted(client, page_with_audio):
    Recording.objects.all().delete()

    answer = client.get(page_with_audio.url)

    assert answer.status_code == 200
    assert "data-recording" not in answer.content.decode()


def test_a_section_can_have_one_under_another_name(client, kgnd):
    section = SectionPage(title="About us", slug="about")
    recording = keep_recording("The organ tuner")
    section.body.append(("audio", {"recording": recording, "title": "Hear us"}))
    HomePage.objects.get().add_child(instance=section)

    page = client.get("/about/").content.decode()

    assert "Hear us" in page
    assert "The organ tuner" not in page


# --- files ---


def test_the_file_of_a_recording_that_is_deleted_goes_with_it(
    db, django_capture_on_commit_callbacks
):
    kept = keep_recording("The organ tuner")
    path = Path(kept.file.path)

    with django_capture_on_commit_callbacks() as callbacks:
        Recording.objects.all().delete()
    assert path.exists()  # nothing is committed yet

    for callback in callbacks:
        callback()
    assert not path.exists()


def test_the_file_that_another_replaces_goes_and_the_other_stays(
    host, django_capture_on_commit_callbacks
):
    kept = keep_recording("The organ tuner")
    before = Path(kept.file.path)
    url = reverse("recordings:edit", args=[kept.pk])

    with django_capture_on_commit_callbacks(execute=True):
        host.post(url, filled(title="The bell founder"))
    assert before.exists()

    with django_capture_on_commit_callbacks(execute=True):
        host.post(url, filled(file=upload()))
    assert not before.exists()
    assert Path(Recording.objects.get().file.path).exists()


def test_a_file_that_cannot_be_deleted_stops_nobody(
    db, django_capture_on_commit_callbacks
):
    kept = keep_recording("The organ tuner")
    path = Path(kept.file.path)
    path.unlink()
    path.mkdir()
    (path / "in-the-way").touch()

    with django_capture_on_commit_callbacks(execute=True):
        kept.delete()

    assert not Recording.objects.exists()
