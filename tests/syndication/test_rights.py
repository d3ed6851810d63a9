"""What upstream restricts is not here, and an editor reads why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from groundwave.syndication.incoming import Gallery, Text
from groundwave.syndication.rights import (
    Policy,
    Reason,
    Treatment,
    is_recommended,
    permitted,
    verdict_on_photo,
    verdict_on_sound,
    verdict_on_story,
    verdicts,
)
from syndication.stories import NOON, photo, sound, story


POLICY = Policy()
KEEPING = Policy(pictures=Treatment.COPY, keeps_sounds=True)
PLAYER = "https://far-shore.example/player/1"


def test_a_restricted_story_leaves_nothing_but_its_name():
    shut = story(Text(id="a", html="<p>Bell.</p>"), restricted=True, dek="Secret")

    assert verdict_on_story(shut).treatment is Treatment.HIDE
    assert permitted(shut, POLICY, now=NOON) == story(
        title="", restricted=True, blocks=()
    )


def test_a_restricted_part_is_gone_and_the_rest_stays():
    bell = Text(id="a", html="<p>Bell.</p>")
    shut = replace(bell, id="b", restricted=True)
    full = story(
        bell,
        shut,
        photo("c", restricted=True),
        lead=photo("lead", restricted=True),
        sound=sound(restricted=True),
    )

    left = permitted(full, POLICY, now=NOON)
    assert left.blocks == (bell,)
    assert left.lead is left.sound is None
    told = {each.where: each.reason for each in verdicts(full, POLICY, now=NOON)}
    assert told.keys() == {"far-1", "b", "c", "lead", "sound-1"}
    assert {told[id_] for id_ in told.keys() - {"far-1"}} == {Reason.RESTRICTED}


def test_a_photo_is_shown_from_where_it_is_unless_the_connection_keeps_them():
    assert verdict_on_photo(photo(), POLICY).treatment is Treatment.SHOW
    assert verdict_on_photo(photo(), KEEPING).treatment is Treatment.COPY


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"restricted": True}, Reason.RESTRICTED),
        ({"photographer": "", "agency": ""}, Reason.UNCREDITED),
        ({"agency": "Getty Images"}, Reason.AGENCY),
        ({"photographer": "Jane Doe/AP", "agency": ""}, Reason.AGENCY),
        ({"cuts": ()}, Reason.NO_FILE),
    ],
)
def test_a_photo_is_not_shown(facts, reason):
    verdict = verdict_on_photo(photo(**facts), KEEPING)

    assert (verdict.treatment, verdict.reason) == (Treatment.HIDE, reason)


def test_a_photographer_alone_is_a_credit():
    verdict = verdict_on_photo(photo(agency=""), POLICY)

    assert verdict.treatment is Treatment.SHOW


def test_a_connection_may_take_no_pictures():
    verdict = verdict_on_photo(photo(), Policy(pictures=Treatment.HIDE))

    assert verdict.reason is Reason.NO_PICTURES


def test_the_editor_reads_which_agency_it_is():
    verdict = verdict_on_photo(photo(agency="AFP via Getty Images"), POLICY)

    assert "credited to AFP," in verdict.sentence


def test_a_gallery_loses_the_photos_that_may_not_be_shown():
    full = Gallery(id="g", photos=(photo("1"), photo("2", agency="EPA")))

    (left,) = permitted(story(full), POLICY, now=NOON).blocks
    assert left == Gallery(id="g", photos=(photo("1"),))


def test_a_gallery_without_any_photo_is_gone():
    full = story(Gallery(id="g", photos=(photo(agency="EPA"),)))

    assert permitted(full, POLICY, now=NOON).blocks == ()
    assert Reason.EMPTY_GALLERY in {
        each.reason for each in verdicts(full, POLICY, now=NOON)
    }


SOUNDS = [
    ({}, Treatment.COPY, Reason.ALLOWED),
    ({"is_downloadable": False}, Treatment.SHOW, Reason.NOT_DOWNLOADABLE),
    ({"is_streamable": False}, Treatment.COPY, Reason.ALLOWED),
    ({"is_premium": True}, Treatment.SHOW, Reason.PREMIUM),
    (
        {"is_premium": True, "is_streamable": False, "is_embeddable": False},
        Treatment.HIDE,
        Reason.NOT_PLAYABLE,
    ),
    ({"is_available": False}, Treatment.HIDE, Reason.UNAVAILABLE),
    ({"restricted": True}, Treatment.HIDE, Reason.RESTRICTED),
    ({"expires_at": NOON}, Treatment.HIDE, Reason.EXPIRED),
    ({"url": "", "player_url": PLAYER}, Treatment.LINK, Reason.PLAYER_ONLY),
    ({"url": ""}, Treatment.HIDE, Reason.NO_FILE),
    (
        {"is_streamable": False, "is_downloadable": False, "player_url": PLAYER},
        Treatment.LINK,
        Reason.PLAYER_ONLY,
    ),
    (
        {
            "is_streamable": False,
            "is_downloadable": False,
            "is_embeddable": False,
            "player_url": PLAYER,
        },
        Treatment.HIDE,
        Reason.NOT_PLAYABLE,
    ),
]


@pytest.mark.parametrize(("facts", "treatment", "reason"), SOUNDS)
def test_what_may_be_done_with_a_sound(facts, treatment, reason):
    verdict = verdict_on_sound(sound(**facts), KEEPING, now=NOON)

    assert (verdict.treatment, verdict.reason) == (treatment, reason)
    assert verdict.may_download == (treatment is Treatment.COPY)


def test_a_sound_that_may_be_kept_is_kept_only_where_that_is_wanted():
    verdict = verdict_on_sound(sound(), POLICY, now=NOON)

    assert verdict.treatment is Treatment.SHOW
    assert verdict.may_download


def test_a_newscast_ends_with_its_hour():
    ending = story(sound=sound(), expires_at=NOON)

    before = permitted(ending, POLICY, now=NOON - timedelta(seconds=1))
    assert before.sound == ending.sound
    assert permitted(ending, POLICY, now=NOON).sound is None


def test_an_origin_says_itself_why_a_sound_is_not_available():
    later = sound(is_available=False, says="Sound comes at five.")

    assert verdict_on_sound(later, POLICY, now=NOON).sentence.endswith(
        "Sound comes at five."
    )


def test_a_story_is_promoted_until_its_origin_says_so():
    timed = story(recommended_until=NOON)

    assert is_recommended(timed, now=NOON - timedelta(seconds=1))
    assert not is_recommended(timed, now=NOON)
    assert is_recommended(story(), now=NOON)


flags = st.booleans()
photos = st.builds(
    lambda shut, who, agency: photo(restricted=shut, photographer=who, agency=agency),
    flags,
    st.sampled_from(["", "Una Farrow", "Jane Doe/AP"]),
    st.sampled_from(["", "Getty", "Far Shore Radio"]),
)
sounds = st.builds(
    lambda shut, premium, down, stream, embed, there, url: sound(
        restricted=shut,
        is_premium=premium,
        is_downloadable=down,
        is_streamable=stream,
        is_embeddable=embed,
        is_available=there,
        url=url,
        player_url=PLAYER,
    ),
    *[flags] * 6,
    st.sampled_from(["", "https://far-shore.example/ferry.mp3"]),
)


@given(sounds)
def test_no_sound_is_kept_without_the_right_to(heard):
    verdict = verdict_on_sound(heard, KEEPING, now=NOON)

    if verdict.treatment is Treatment.COPY or verdict.may_download:
        assert heard.is_downloadable
        assert heard.is_available
        assert not heard.is_premium
        assert not heard.restricted
    assert verdict.sentence


@given(photos, sounds, st.lists(photos, max_size=3))
def test_nothing_that_is_left_is_restricted_or_uncredited(lead, heard, others):
    blocks = (Gallery(id="g", photos=tuple(others)), heard)
    left = permitted(story(*blocks, lead=lead, sound=heard), KEEPING, now=NOON)

    shown = [left.lead] if left.lead else []
    shown += [p for b in left.blocks if isinstance(b, Gallery) for p in b.photos]
    assert all(p.credit and not p.restricted for p in shown)
    assert not {"AP", "Getty"} & {
        word for p in shown for word in p.credit.replace("/", " ").split()
    }
    heard_there = [left.sound, *left.blocks]
    assert not any(each.restricted for each in heard_there if each)
