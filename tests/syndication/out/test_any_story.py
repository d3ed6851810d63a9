"""Whatever editors write, and whatever became of what they chose: it may be written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from equipment.network.schemas import faults_of
from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from groundwave.newsroom.models import Byline, ChangeKind, StoryUpdate
from groundwave.syndication.out.document import document_of
from groundwave.syndication.out.pictures import CROPS
from groundwave.wire.cds.checking import faults
from groundwave.wire.cds.reading import read
from groundwave.wire.cds.writing import to_json, write
from newsroom.ledger import Ledger
from syndication.out.publishing import KGND


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 23, tzinfo=UTC)

ODD = st.sampled_from(
    [
        "",
        " ",
        "\x00\x0b\x1b",
        "\ufffe\u202eback",
        "<script>alert(1)</script>",
        "</p></li>",
        "&amp;&#0;&lt;b&gt;",
        "http://[::1",
        "//",
        "javascript:alert(1)",
        "https://",
        "https://bay.example/a b",
        "null",
        "/v1/documents/null",
        "#/assets/x",
        "x" * 300,
    ]
)
TEXT = st.one_of(ODD, st.text(st.characters(codec="utf-8"), max_size=30))
INSIDE = st.one_of(
    TEXT,
    TEXT.map(lambda each: f'<a href="{each}">there</a>'),
    TEXT.map(lambda each: f'<a linktype="figure" uid="{each}">at <b>least</b> 3</a>'),
    st.sampled_from([1, 999]).map(lambda key: f'<a linktype="page" id="{key}">x</a>'),
)
RICH = st.lists(
    st.tuples(
        st.sampled_from(["p", "h2", "h3", "ul", "li", "blockquote", "div", "b"]), INSIDE
    ).map(lambda each: f"<{each[0]}>{each[1]}</{each[0]}>"),
    max_size=4,
).map("".join)
MOMENTS = st.sampled_from(
    ["1000-01-01T00:00Z", "2026-11-01T08:30Z", "9999-12-31T00:00Z"]
)


def test_there_is_never_a_fault(story, odetta, ines):
    photos = [
        keep_photo("Ours", width=90, height=70),
        keep_photo("Theirs", rights_basis="handout"),
    ]
    for photo, spec in product(photos, CROPS.values()):
        photo.get_rendition(spec)
    sounds = [keep_recording("The bell")]
    ledger = Ledger()
    ledger.figure(32)
    for kind in (ChangeKind.UPDATE, ChangeKind.CORRECTION, ChangeKind.EDITORS_NOTE):
        StoryUpdate.objects.create(
            story=story, kind=kind, text="\x0b<>", is_significant=True, at=NOW
        )
    keys = {
        "photo": [*(each.pk for each in photos), 999, None],
        "sound": [*(each.pk for each in sounds), 999, None],
        "metric": [ledger.missing.pk, 999, None],
        "page": [story.pk, story.get_parent().pk, 999, None],
        "person": [odetta.person.pk, 999, None],
    }
    one_of = {name: st.sampled_from(found) for name, found in keys.items()}

    @settings(
        max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(
        facts=st.fixed_dictionaries(
            dict.fromkeys(
                ("title", "dek", "seo_title", "lead_caption", "lead_alt"), TEXT
            )
        ),
        blocks=st.lists(_blocks(one_of), max_size=6),
        guests=st.lists(TEXT.filter(bool), max_size=3),
        event=st.sampled_from([None, ledger.event]),
        lead=st.sampled_from([None, *photos]),
        sound=st.sampled_from([None, *sounds]),
        published=st.sampled_from([None, NOW]),
        collections=st.lists(TEXT, max_size=2),
    )
    def check(facts, blocks, guests, event, lead, sound, published, collections):
        for name, text in facts.items():
            setattr(story, name, text)
        story.lead_photo, story.recording, story.event = lead, sound, event
        story.first_published_at = story.last_published_at = published
        story.body = story.body.stream_block.to_python(blocks)
        story.bylines.set([Byline(guest=each) for each in guests])
        publisher = replace(KGND, collections=tuple(collections))

        made = document_of(story, publisher=publisher, now=NOW + timedelta(1))

        assert faults(made) == ()
        assert faults_of(to_json(made)) == []
        assert read(write(made)).document == made

    check()


def _blocks(one_of):
    picture = st.fixed_dictionaries(
        {
            "image": st.fixed_dictionaries(
                {
                    "image": one_of["photo"],
                    "decorative": st.booleans(),
                    "alt_text": TEXT,
                }
            ),
            "caption": TEXT,
            "credit": TEXT,
        }
    )
    kinds = {
        "text": RICH,
        "picture": picture,
        "gallery": _struct(photos=_list(picture)),
        "quote": _struct(quote=TEXT, speaker=TEXT, context=TEXT),
        "audio": _struct(recording=one_of["sound"], title=TEXT),
        "facts": _struct(heading=TEXT, text=RICH),
        "figures": _struct(counted=_list(one_of["metric"])),
        "related": _struct(story=one_of["page"]),
        "elsewhere": _struct(url=TEXT, title=TEXT, by=TEXT),
        "sound_elsewhere": _struct(title=TEXT, url=TEXT, page=TEXT),
        "document": _struct(document=st.sampled_from([None, 999]), title=TEXT),
        "post": _struct(at=MOMENTS, heading=TEXT, text=RICH, author=one_of["person"]),
    }
    ids = st.sampled_from(["", "A", "a", "é", "4c7e0b5c-0000-4000-8000-000000000000"])
    return st.one_of(
        *(
            st.fixed_dictionaries({"type": st.just(name), "value": value, "id": ids})
            for name, value in kinds.items()
        )
    )


def _struct(**fields):
    return st.fixed_dictionaries(fields)


def _list(values):
    item = {"type": st.just("item"), "value": values, "id": st.just("x")}
    return st.lists(st.fixed_dictionaries(item), max_size=3)
