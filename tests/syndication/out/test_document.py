from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from equipment.network.schemas import faults_of
from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from groundwave.newsroom.models import Byline, ChangeKind, Story, StoryUpdate
from groundwave.newsroom.models.byline import Role
from groundwave.photos.actions import revoke
from groundwave.syndication.models import Connection, Original, SoundLease
from groundwave.syndication.out.document import document_of
from groundwave.syndication.out.pictures import make_crops
from groundwave.wire.cds.checking import faults
from groundwave.wire.cds.reading import read
from groundwave.wire.cds.writing import to_json, write
from newsroom.ledger import Ledger
from syndication.from_cds.reading import came
from syndication.out.publishing import KGND, SERVICE, SITE, everything, words_of


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 23, tzinfo=UTC)
WHOLE = {"dek": "The search goes on.", "title": "Ferry sinks off Marrow Bay"}


@pytest.fixture
def written(news):
    """Publish a story of these blocks; return it."""

    def publish(*blocks, **facts):
        story = Story(slug="ferry", body=list(blocks), live=False, **(WHOLE | facts))
        news.add_child(instance=story)
        story.save_revision().publish()
        make_crops(story, now=NOW)
        return Story.objects.get(pk=story.pk)

    return publish


def document(story, publisher=KGND, now=NOW):
    made = document_of(story, publisher=publisher, now=now)
    assert faults(made) == ()
    assert faults_of(to_json(made)) == []
    return made


def pictured(photo, **facts):
    shown = {"image": photo, "decorative": False, "alt_text": "A mast in the snow"}
    return {"image": shown, "caption": "", "credit": "", **facts}


def test_a_story_with_everything_is_as_the_network_wants_it(kgnd):
    made = document(everything())

    assert made.kind == "story"
    assert set(made.interfaces) == {
        "buildout",
        "has-audio",
        "has-corrections",
        "has-galleries",
        "has-images",
        "has-notes",
        "listenable",
        "publishable",
        "renderable",
    }
    assert read(write(made)).document == made


def test_it_says_whose_it_is_and_where_the_original_is(written):
    story = written(("text", "<p>It sank.</p>"))

    made = document(story)

    assert made.id == f"kgnd-{story.translation_key}"
    assert made.canonical_url == f"{SITE}/news/ferry/"
    assert [each.href for each in (*made.owners, *made.brandings)] == [SERVICE, SERVICE]
    assert made.authorized_services == ("s901",)
    assert [each.document_id for each in made.collections] == ["1001"]
    assert (made.title, made.teaser) == (story.title, story.dek)


def test_brands_may_be_others_and_what_is_no_id_is_no_collection(written):
    longwave = "https://longwave.example/brand"
    publisher = replace(
        KGND, brands=(longwave,), collections=("1001", "", "no id", "null", "1001")
    )

    made = document(written(("text", "<p>It sank.</p>")), publisher)

    assert [each.href for each in made.brandings] == [longwave]
    assert [each.document_id for each in made.collections] == ["1001"]


def test_its_times_are_those_of_readers(written):
    story = written(("text", "<p>It sank.</p>"))
    told = story.last_published_at + timedelta(hours=1)
    _tell(story, ChangeKind.UPDATE, told)

    made = document(Story.objects.get(pk=story.pk))

    assert made.publish_date_time == story.first_published_at
    assert made.editorial_major_update_date_time == told
    assert made.editorial_last_modified_date_time == told
    assert made.recommend_until_date_time == story.first_published_at + timedelta(7)


def test_each_paragraph_is_an_element(written):
    made = document(
        written(
            ("text", "<p>One &amp; <b>two</b>.</p><h2>Why</h2><ul><li>Old</li></ul>"),
            ("text", "<p>Three.</p>"),
        )
    )

    assert words_of(made) == [
        "One &amp; <b>two</b>.",
        "<h2>Why</h2>",
        "<ul><li>Old</li></ul>",
        "Three.",
    ]


def test_a_paragraph_put_in_between_leaves_the_others_their_ids(written):
    story = written(("text", "<p>One.</p><p>Two.</p><p>One.</p>"))
    before = [each.asset_id for each in document(story).layout]
    story.body[0].value.source = "<p>One.</p><p>New.</p><p>Two.</p><p>One.</p>"

    after = [each.asset_id for each in document(story).layout]

    assert [after[at] for at in (0, 2, 3)] == before
    assert len(set(after)) == 4


def test_a_figure_in_a_sentence_is_the_words_that_were_pinned(written):
    figure = Ledger().figure(32)
    pinned = f'<a linktype="figure" uid="{figure.uid}">at least 32 &amp; more</a>'

    made = document(written(("text", f"<p>Of them {pinned} are missing.</p>")))

    assert words_of(made) == ["Of them at least 32 &amp; more are missing."]


def test_links_are_whole_addresses(written, news):
    made = document(
        written(
            (
                "text",
                (
                    f'<p><a linktype="page" id="{news.pk}">Our news</a>, '
                    '<a href="https://bay.example/">theirs</a>, <a href="/about/">us</a>'
                    "</p>"
                ),
            )
        )
    )

    assert words_of(made) == [
        (
            f'<a href="{SITE}/news/">Our news</a>, <a href="https://bay.example/">theirs'
            f'</a>, <a href="{SITE}/about/">us</a>'
        )
    ]


def test_a_figure_box_is_told_in_sentences(kgnd):
    words = " ".join(words_of(document(everything())))

    assert "<b>What we know, and who says so</b>" in words
    assert "32, according to Tamarack County, as of " in words
    assert "42, according to Bay Rescue, as of " in words
    assert "we have not verified them ourselves" in words


def test_a_live_blog_is_told_the_latest_post_first(written, odetta):
    noon = datetime(2026, 11, 23, 19, tzinfo=UTC)
    posts = [
        {
            "at": noon + timedelta(hours=each),
            "heading": f"Post {each}",
            "text": f"<p>Fog {each}.</p>",
            "author": odetta.person,
        }
        for each in range(2)
    ]

    made = document(written(*(("post", each) for each in posts)))

    assert words_of(made) == [
        "<h3>Post 1</h3>",
        "<b>Nov. 23, 2026, 1 p.m. MT / Odetta</b>",
        "Fog 1.",
        "<h3>Post 0</h3>",
        "<b>Nov. 23, 2026, noon MT / Odetta</b>",
        "Fog 0.",
    ]


def test_the_update_line_is_the_first_paragraph_and_comes_back_as_a_time(written):
    story = written(("text", "<p>It sank.</p>"))
    _tell(story, ChangeKind.UPDATE, datetime(2026, 11, 23, 23, tzinfo=UTC))
    story = Story.objects.get(pk=story.pk)

    made = document(story)

    assert words_of(made)[0] == "Updated Nov. 23, 2026 at 4 p.m. MT"
    assert came(to_json(made)).updated_line == words_of(made)[0]
    assert words_of(document(story, replace(KGND, tells_update=False))) == ["It sank."]


def test_corrections_and_notes_are_told_apart(written):
    story = written(("text", "<p>It sank.</p>"))
    for kind in ChangeKind:
        if kind != ChangeKind.TYPO:
            _tell(story, kind, NOW, text="It was <32>.\nNot 42.")

    made = document(Story.objects.get(pk=story.pk))

    corrected = {each.title for each in made.linked(made.corrections)}
    assert corrected == {"Correction", "Clarification", "Retraction"}
    assert {each.title for each in made.linked(made.notes)} == {
        "Update",
        "Editor's note",
    }
    texts = {each.text for each in made.linked(made.corrections)}
    assert texts == {"It was &lt;32&gt;.<br>Not 42."}


def test_an_update_that_says_nothing_is_only_a_time(written):
    story = written(("text", "<p>It sank.</p>"))
    _tell(story, ChangeKind.UPDATE, NOW, text="")

    made = document(Story.objects.get(pk=story.pk))

    assert made.notes == ()
    assert made.editorial_major_update_date_time == NOW


def test_reporters_are_its_bylines_and_whoever_made_it_where_there_is_none(
    written, odetta
):
    story = written(("text", "<p>It sank.</p>"))
    story.bylines.set(
        [
            Byline(person=odetta.person),
            Byline(guest="Sol Reed"),
            Byline(guest="Noor Vale", role=Role.EDITOR),
        ]
    )
    assert _names(document(story)) == ["Odetta", "Sol Reed"]

    story.bylines.set([Byline(guest="Noor Vale", role=Role.EDITOR)])
    assert _names(document(story)) == ["Noor Vale"]


def test_our_photo_goes_out_with_its_credit_and_in_its_cuts(written):
    photo = keep_photo(caption="Last summer.", width=1600, height=1200)
    story = written(("text", "<p>It sank.</p>"), lead_photo=photo, lead_alt="A mast")

    made = document(story)

    image = made.primary_image
    assert image
    said = (image.producer, image.provider, image.caption, image.alt_text)
    assert said == ("Ida Marsh", "KGND", "Last summer.", "A mast")
    assert made.images[0].rels == ("primary", "promo-image-wide", "promo-image-square")
    sizes = {each.rels: (each.width, each.height) for each in image.enclosures}
    assert sizes == {
        ("primary",): (1600, 1200),
        ("image-wide",): (1600, 900),
        ("image-square",): (1200, 1200),
    }
    assert all(each.href.startswith(f"{SITE}/") for each in image.enclosures)


@pytest.mark.parametrize(
    "facts",
    [
        {"rights_basis": "licensed", "rights_note": "AP"},
        {"rights_basis": "handout"},
        {"rights_basis": "public_domain"},
        {"rights_basis": "unknown"},
        {"may_be_in_feeds": False},
        {"may_be_on_pages": False},
        {"expires_at": NOW},
    ],
)
def test_a_photo_that_is_not_ours_or_not_for_others_stays_here(written, facts):
    photo = keep_photo()
    story = written(("picture", pictured(photo)), lead_photo=photo, lead_alt="A mast")
    assert document(story).images

    type(photo).objects.update(**facts)

    made = document(Story.objects.get(pk=story.pk))
    assert (made.images, made.layout, made.assets) == ((), (), {})


def test_a_revoked_photo_is_in_no_document(written, ines):
    photo = keep_photo()
    story = written(
        ("picture", pictured(photo)),
        ("gallery", {"photos": [pictured(photo), pictured(photo)]}),
        lead_photo=photo,
        lead_alt="A mast",
    )
    before = document(story)
    assert (len(before.images), len(before.galleries)) == (4, 1)

    revoke(photo, by=ines, reason="She said no.", now=NOW)

    made = document(Story.objects.get(pk=story.pk))
    assert (made.images, made.galleries, made.layout) == ((), (), ())


def test_a_photo_that_was_not_made_yet_is_left_out(written):
    story = written(("text", "<p>It sank.</p>"))
    story.lead_photo = keep_photo()

    assert document(story).images == ()


def test_a_recording_may_be_heard_and_kept(written):
    recording = keep_recording("The foghorn", 2, transcript="<p>Honk.</p>")
    bell = keep_recording("The bell")
    story = written(("audio", {"recording": bell, "title": "A bell"}))
    story.recording = recording

    made = document(story)

    first, second = made.linked(made.audio)
    assert made.audio[0].rels == ("primary",)
    assert (first.title, second.title) == ("The foghorn", "A bell")
    flags = (
        first.is_available,
        first.is_streamable,
        first.is_downloadable,
        first.is_embeddable,
    )
    assert flags == (True, True, True, False)
    assert first.duration == 2
    assert first.enclosures[0].href == f"{SITE}{recording.file.url}"
    assert first.transcript_web_page_link.href == f"{SITE}/news/ferry/"
    assert [each.asset_id for each in made.layout] == [second.id]


def test_a_recording_that_came_with_a_story_of_others_stays_here(written, news):
    bell = keep_recording("The bell")
    story = written(("audio", {"recording": bell, "title": ""}), recording=bell)
    connection = Connection.objects.create(
        name="Far Shore", upstream="feed", address="https://far.example/", section=news
    )
    original = Original.objects.create(
        connection=connection, upstream_id="1", arrived_at=NOW
    )
    assert document(story).audio

    SoundLease.objects.create(
        original=original,
        asset="a",
        url="https://far.example/bell.mp3",
        recording=bell,
        file=bell.file.name,
    )

    made = document(type(story).objects.get(pk=story.pk))
    assert (made.audio, made.layout) == ((), ())


def test_what_is_elsewhere_and_related_is_a_link(kgnd):
    made = document(everything())

    links = {
        each.external_link.href: each.link_text
        for each in made.linked(made.layout)
        if hasattr(each, "external_link")
    }
    assert links[f"{SITE}/newsroom/ferry-was-old/"] == "The ferry was old"
    assert links["https://www.youtube.com/watch?v=ferry"] == "The ferry, a year ago"
    assert "The report" in links.values()


def test_a_related_story_that_readers_do_not_have_is_not_told_of(written, story):
    made = written(("related", {"story": story}))
    story.unpublish()

    assert document(Story.objects.get(pk=made.pk)).layout == ()


def test_it_is_the_same_whoever_asks_and_whenever(kgnd):
    story = everything()
    one = write(document(story))

    with translation.override("de"):
        other = write(document(Story.objects.get(pk=story.pk), now=NOW + timedelta(3)))

    assert other == one


def _names(made):
    return [each.name for each in made.linked(made.bylines)]


def _tell(story, kind, at, text="Now we know more."):
    StoryUpdate.objects.create(
        story=story, kind=kind, text=text, is_significant=True, at=at
    )


def test_nobody_who_asks_makes_a_picture(written):
    # Whoever publishes would wait for it.
    photo = keep_photo()
    story = written(("picture", pictured(photo)))
    photo.renditions.all().delete()

    document(story)

    assert not photo.renditions.exists()
