from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.newsroom.event_tables import tables
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Event, Figure, NewsSource
from newsroom.figures.said import THREE
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    return Ledger()


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


@pytest.fixture
def desk(ledger):
    return reverse("events:figures", args=[ledger.event.pk])


@pytest.fixture
def said(ledger):
    """What somebody types who has half a minute."""
    return {
        "metric": ledger.missing.pk,
        "source": "Tamarack County",
        "qualifier": "at_least",
        "number": "32",
        "to_number": "",
        "as_of": "2026-11-22T15:00",
        "url": "tamarack.example/ferry",
    }


def page_of(response):
    return " ".join(response.content.decode().split())


def test_a_figure_is_one_form(editor, desk, said, ledger):
    response = editor.post(desk, said, follow=True)

    figure = Figure.objects.get()
    assert figure.statement.source == ledger.county
    # Three o'clock in Denver, where it happened.
    assert figure.as_of == figure.statement.said_at == THREE
    assert figure.statement.url == "https://tamarack.example/ferry"
    page = page_of(response)
    assert "People missing: at least 32, says Tamarack County. It is added." in page
    assert "according to Tamarack County, as of three p.m." in page


def test_a_new_name_makes_a_new_source(editor, desk, said):
    editor.post(desk, said | {"source": "Coast Guard", "relayed_by": "AP"})

    statement = Figure.objects.get().statement
    assert (statement.source.name, statement.relayed_by.name) == ("Coast Guard", "AP")


def test_two_death_tolls_that_disagree_stand_side_by_side(editor, desk, said):
    editor.post(desk, said)
    page = page_of(
        editor.post(desk, said | {"source": "Bay Rescue", "number": "42"}, follow=True)
    )

    assert "Sources differ: 32 to 42 or more" in page
    known = page.partition("What we know")[2].partition("To be read")[0]
    assert not re.search(r"\b(37|74)\b", known)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "thirty"}, "Write it in digits"),
        ({"number": "1,5"}, "Write it in digits"),
        ({"qualifier": "range"}, "Say up to how many: between 30 and 40."),
        ({"qualifier": "range", "to_number": "30"}, "must be the greater one"),
        ({"to_number": "40"}, "Choose “between”, or leave the second number empty."),
        ({"as_of": "2026-11-22T17:00"}, "That is still to come in America/Denver."),
        ({"said_at": "2026-11-22T14:00"}, "It cannot be as of a later time than"),
        ({"described_as": "a sailor"}, "say both: as what, and why."),
        ({"relayed_by": "tamarack county"}, "That is the source itself"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"source": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_lost(
    editor, desk, said, change, sentence
):
    response = editor.post(desk, said | change)

    page = page_of(response)
    assert response.status_code == 422
    assert sentence in page
    for typed in (said | change).values():
        assert str(typed).replace("&", "&amp;") in page
    assert not Figure.objects.exists()


def test_a_refusal_leaves_no_source_behind(editor, desk, said):
    editor.post(desk, said)
    fell = {"number": "20", "as_of": "2026-11-22T15:30", "relayed_by": "Nobody Yet"}

    page = page_of(editor.post(desk, said | fell))

    assert "Say in the note why it is less now" in page
    assert not NewsSource.objects.filter(name="Nobody Yet").exists()


def test_a_figure_is_called_into_question_with_a_reason(editor, desk, said):
    editor.post(desk, said)
    figure = Figure.objects.get()
    judged = {"figure": figure.pk, "status": "disputed", "reason": ""}

    assert "Say why: readers are told." in page_of(editor.post(desk, judged))

    editor.post(desk, judged | {"reason": "The operator counts 30."})
    assert Figure.objects.get().status is Status.DISPUTED


def test_a_figure_of_another_event_is_not_judged_here(editor, desk, ledger):
    other = Event.objects.create(title="Flood", slug="flood", timezone="UTC")
    elsewhere = reverse("events:figures", args=[other.pk])
    judged = {
        "figure": ledger.figure().pk,
        "status": "verified",
        "reason": "We saw it.",
    }

    assert editor.post(elsewhere, judged).status_code == 422
    assert Figure.objects.get().status is Status.REPORTED


def test_a_host_reads_the_desk_and_touches_nothing(client, odetta, desk, said):
    client.force_login(odetta)

    page = page_of(client.get(desk))

    assert "What we know, and who says so" in page
    assert "Add this figure" not in page
    assert client.post(desk, said).status_code == 302
    assert not Figure.objects.exists()


def test_a_stranger_sees_nothing_of_it(client, desk):
    assert client.get(desk).status_code == 302


def test_hostile_words_stay_words(editor, desk, said, ledger):
    hostile = "<script>alert(1)</script>"

    page = page_of(editor.post(desk, said | {"source": hostile}, follow=True))

    assert hostile not in page
    assert tables(ledger.event)[0].rows[0].source == hostile


def test_every_form_of_the_desk_can_be_sent_from_a_browser(editor, desk, said):
    editor.post(desk, said)
    page = page_of(editor.get(desk))

    forms = page.split('<form method="post"')[1:]
    assert len(forms) == 2
    assert all("csrfmiddlewaretoken" in form.partition("</form>")[0] for form in forms)


def test_a_time_that_came_twice_is_asked_about_in_words(editor, desk, said):
    said["as_of"] = "2026-11-01T01:30"

    asked = page_of(editor.post(desk, said))

    assert "1:30 a.m. came twice on that day" in asked
    assert "The first, before the clocks went back (MDT)" in asked
    assert "The second, after that (MST)" in asked
    assert "Tamarack County" in asked
    assert not Figure.objects.exists()


@pytest.mark.parametrize(("which", "hour"), [("0", 7), ("1", 8)])
def test_whichever_of_the_two_was_meant_is_kept(editor, desk, said, which, hour):
    said |= {"as_of": "2026-11-01T01:30", "as_of_which": which}
    said |= {"said_at": "2026-11-01T01:45", "said_at_which": "1"}

    editor.post(desk, said)

    figure = Figure.objects.get()
    assert figure.as_of == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
    assert figure.statement.said_at == datetime(2026, 11, 1, 8, 45, tzinfo=UTC)


def test_a_time_that_the_clocks_left_out_is_refused_with_a_sentence(editor, desk, said):
    said["as_of"] = "2026-03-08T02:30"

    asked = page_of(editor.post(desk, said))

    assert "went forward over 2:30 a.m. on that day" in asked
    assert not Figure.objects.exists()


def test_which_of_two_is_asked_of_no_other_time(editor, desk):
    assert "Which of the two" not in page_of(editor.get(desk))


def test_in_the_second_hour_the_form_begins_with_the_second(editor, desk, time_machine):
    time_machine.move_to(datetime(2026, 11, 1, 8, 30, tzinfo=UTC), tick=False)

    page = page_of(editor.get(desk))

    assert '<option value="1" selected>The second' in page
