from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import Group

from groundwave.newsroom.actions.figures import Heard, add_figure, judge_figure
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Event, NewsSource
from newsroom.figures.said import HOUR, THREE, about, at_least, exactly
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    return Ledger()


@pytest.fixture
def ida(ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    return ines


@pytest.fixture
def add(ledger, ida):
    def add(quantity, source=None, *, as_of=THREE, **facts):
        heard = facts.pop("heard", None) or Heard(
            source or ledger.county, said_at=as_of, url="https://tamarack.example/1"
        )
        metric = facts.pop("metric", ledger.missing)
        return add_figure(
            metric, quantity, heard=heard, as_of=as_of, by=ida, now=NOW, **facts
        )

    return add


@pytest.fixture
def disagreeing(add, ledger):
    """The county counted 30 and then 32; the rescuers say 42."""
    first = add(at_least(30), as_of=THREE - HOUR)
    second = add(at_least(32))
    return first, second, add(at_least(42), ledger.rescue, as_of=THREE - HOUR)


def data(client):
    return client.get("/events/ferry/figures.json").json()


def linked(client):
    page = client.get("/events/ferry/").content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(said)["@graph"]


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_readers_are_told_who_says_what_side_by_side(client, disagreeing):
    words = text_of(client.get("/events/ferry/"))

    assert "People missing Sources differ: 32 to 42 or more" in words
    assert "Tamarack County at least 32" in words
    assert "up from at least 30" in words
    assert "Bay Rescue at least 42" in words
    assert "we have not verified them ourselves" in words
    # Three in Denver.
    assert "Sunday, November 22, 3 p.m." in words


def test_the_text_edition_says_it_in_sentences(client, disagreeing):
    words = text_of(client.get("/text/events/ferry/"))

    when = "Sunday, November 22, 3 p.m."
    assert f"at least 32, according to Tamarack County, as of {when}" in words
    assert "at least 42, according to Bay Rescue" in words
    assert "/text/events/ferry/" in client.get("/events/ferry/").content.decode()


def test_the_data_have_every_figure_and_say_which_stand(client, disagreeing):
    first, second, third = (str(each.uid) for each in disagreeing)

    told = data(client)

    assert told["counts"] == [
        {
            "counted": "People missing",
            "scope": "",
            "figures": [second, third],
            "spread": {"least": 32, "most": 42, "or_fewer": False, "or_more": True},
        }
    ]
    county = next(each for each in told["figures"] if each["id"] == second)
    assert county == {
        "id": second,
        "counted": "People missing",
        "source": "Tamarack County",
        "source_is": None,
        "relayed_by": None,
        "qualifier": "at_least",
        "low": 32,
        "high": None,
        "words": "at least 32",
        "as_of": "2026-11-22T22:00:00Z",
        "said_at": "2026-11-22T22:00:00Z",
        "counts": None,
        "note": None,
        "status": "reported",
        "reason": None,
        "stands": True,
        "supersedes": first,
        "url": "https://tamarack.example/1",
    }
    assert [each["stands"] for each in told["figures"]] == [False, True, True]


def test_any_page_on_the_web_may_ask(client, disagreeing):
    answer = client.get("/events/ferry/figures.json")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=10"


def test_what_we_retracted_is_named_and_not_repeated(client, add, ida):
    mistake = add(exactly(420_000))
    judge_figure(mistake, Status.RETRACTED, reason="We misheard.", by=ida, now=NOW)

    answer = client.get("/events/ferry/figures.json")

    (figure,) = answer.json()["figures"]
    assert (figure["status"], figure["reason"]) == ("retracted", "We misheard.")
    assert (figure["low"], figure["words"], figure["stands"]) == (None, None, False)
    for path in EVERYWHERE:
        told = client.get(path).content.decode()
        assert not re.search(r"420,?000|four hundred twenty", told)


def test_what_is_disputed_says_why(client, add, ida):
    judge_figure(
        add(exactly(32)), Status.DISPUTED, reason="The crew says 30.", by=ida, now=NOW
    )

    assert "disputed: The crew says 30." in text_of(client.get("/events/ferry/"))


def test_what_a_source_has_at_stake_is_told(client, add, ledger):
    operator = NewsSource.objects.create(
        name="Bay Ferries", description="a company", stake="the ferry's operator"
    )
    add(exactly(30), operator)

    words = text_of(client.get("/events/ferry/"))

    assert "Bay Ferries a company; the ferry&#x27;s operator" in words


def test_a_figure_that_its_source_withdrew_is_gone_and_that_is_told(client, add, ida):
    figure = add(exactly(4460))
    judge_figure(
        figure, Status.WITHDRAWN, reason="It counted shelters.", by=ida, now=NOW
    )

    words = text_of(client.get("/events/ferry/"))

    assert "the figure of Tamarack County was withdrawn. It counted shelters." in words
    assert "4,460" not in words
    assert [each["stands"] for each in data(client)["figures"]] == [False]


def test_a_claim_is_somebodys_and_an_observation_is_of_the_event(client, disagreeing):
    event, *rest = linked(client)
    county, observed = rest[:2]

    where = "http://testserver/events/ferry/"
    assert (event["@type"], event["@id"]) == ("Event", f"{where}#event")
    assert county == {
        "@type": "Claim",
        "@id": f"{where}#figure-{disagreeing[1].uid}",
        "text": "People missing: at least 32",
        "author": {"@type": "Organization", "name": "Tamarack County"},
        "datePublished": "2026-11-22T22:00:00Z",
        "about": {"@id": f"{where}#event"},
        "firstAppearance": {
            "@type": "CreativeWork",
            "url": "https://tamarack.example/1",
        },
    }
    assert observed == {
        "@type": "Observation",
        "observationAbout": {"@id": f"{where}#event"},
        "measuredProperty": {"@type": "Property", "name": "People missing"},
        "description": "at least 32",
        "observationDate": "2026-11-22T22:00:00Z",
        "minValue": 32,
        "subjectOf": {"@id": county["@id"]},
    }
    assert {each["@type"] for each in rest} == {"Claim", "Observation"}


@pytest.mark.parametrize(
    ("quantity", "bounds"),
    [
        (exactly(0), {"value": 0}),
        (exactly("6.4"), {"value": 6.4}),
        (about(300), {"value": 300, "description": "about 300"}),
    ],
)
def test_numbers_are_numbers(client, add, quantity, bounds):
    add(quantity)

    observed = linked(client)[-1]

    assert bounds.items() <= observed.items()
    assert not {"minValue", "maxValue"} & observed.keys()


def test_the_card_is_plain_text_for_whoever_is_at_the_microphone(client, disagreeing):
    answer = client.get("/events/ferry/broadcast.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert (
        "at least thirty-two, according to Tamarack County" in answer.content.decode()
    )


def test_who_is_not_to_be_named_is_named_nowhere(client, add, ledger, ida):
    """Neither by name nor by link, and a figure under the name tells nothing of it."""
    jonah = NewsSource.objects.create(
        name="Jonah Quill", kind="person", description="J. Quill", stake="Quill's boat"
    )
    unnamed = Heard(
        jonah,
        said_at=THREE,
        url="https://quill.example/post",
        described_as="a sailor aboard",
        anonymity_reason="He would lose his job.",
    )
    add(at_least(50), heard=unnamed)

    for path in EVERYWHERE:
        told = client.get(path).content.decode()
        assert "a sailor aboard" in told
        assert "quill" not in told.lower()
        assert "lose his job" not in told


EVERYWHERE = [
    "/events/ferry/",
    "/events/ferry/figures.json",
    "/events/ferry/broadcast.txt",
    "/text/events/ferry/",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_nobody_is_told_before_the_event_is_public(client, disagreeing, path):
    Event.objects.update(is_public=False)

    assert client.get(path).status_code == 404


def test_an_event_of_which_nobody_speaks_says_so(client, ledger):
    assert "Nobody has said how many yet." in text_of(client.get("/events/ferry/"))
    assert data(client)["figures"] == []


def test_hostile_words_break_out_of_nothing(client, add):
    hostile = "</script><script>alert(1)</script>"
    add(exactly(1), NewsSource.objects.create(name=hostile))

    page = client.get("/events/ferry/").content.decode()

    assert "<script>alert" not in page
    assert linked(client)[1]["author"]["name"] == hostile
