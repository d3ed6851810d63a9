"""
What may be done with a story from upstream and with each of its parts, and why.

Upstream hands out everything, restricted or not, so that all of it is decided here.
Where there is a doubt, the answer is no. Nothing that expires is decided for good: ask
again with a later ``now``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeVar

from groundwave.syndication.agencies import SUGGESTED, agency_in
from groundwave.syndication.incoming import Block, Gallery, Incoming, Photo, Sound


P = TypeVar("P", bound=Block)


class Treatment(IntEnum):
    """What may be done with something; each allows what stands before it."""

    HIDE = 0
    LINK = 1
    SHOW = 2
    COPY = 3


class Reason(StrEnum):
    """Why no more may be done. The word stays, so that others may translate by it."""

    ALLOWED = "allowed"
    ONLY_SHOWN = "only shown"
    RESTRICTED = "restricted"
    AGENCY = "agency"
    UNCREDITED = "uncredited"
    NO_PICTURES = "no pictures"
    UNAVAILABLE = "unavailable"
    EXPIRED = "expired"
    PREMIUM = "premium"
    NOT_DOWNLOADABLE = "not downloadable"
    PLAYER_ONLY = "player only"
    NOT_PLAYABLE = "not playable"
    NO_FILE = "no file"
    EMPTY_GALLERY = "empty gallery"


_SENTENCES = {
    Reason.ALLOWED: "This may be kept and shown. Nothing needs to be done.",
    Reason.ONLY_SHOWN: "This may be shown, and stays on its origin's server. "
    "Nothing needs to be done.",
    Reason.RESTRICTED: "Its origin has restricted this to others. It is not shown; "
    "ask the origin if readers need it.",
    Reason.AGENCY: "This picture is credited to {}, whose pictures are not ours to "
    "show. Take one of your own, or take the agency off the list if you have a license.",
    Reason.UNCREDITED: "Nobody is named who took this picture. It is not shown; ask "
    "the origin for the credit, or take one of your own.",
    Reason.NO_PICTURES: "This connection takes no pictures. Take one of your own, or "
    "change the connection.",
    Reason.UNAVAILABLE: "This sound is not available. {}",
    Reason.EXPIRED: "The right to this sound has ended. Take what refers to it out of "
    "the text.",
    Reason.PREMIUM: "This sound is premium: it is played from its origin, and neither "
    "kept nor offered to download. Leave it out of podcasts.",
    Reason.NOT_DOWNLOADABLE: "This sound is played from its origin's server, which "
    "does not let others keep it. Leave it out of podcasts.",
    Reason.PLAYER_ONLY: "This sound is heard only in its origin's own player, to which "
    "we link. Nothing needs to be done.",
    Reason.NOT_PLAYABLE: "Its origin lets nobody else play this sound. Link to the "
    "original if listeners need it.",
    Reason.NO_FILE: "There is nothing to play or to show at an address. Ask the "
    "origin for it if readers need it.",
    Reason.EMPTY_GALLERY: "None of the pictures of this gallery may be shown. Take "
    "some of your own if readers need them.",
}
_TRY_LATER = "Look again later."


@dataclass(frozen=True, slots=True)
class Policy:
    """
    What a connection wants done, as far as rights allow it.

    Attributes:
        pictures: what to do with pictures; a link is none.
        keeps_sounds: whether to keep those sounds that may be kept.
        agencies: whose pictures are not shown (``agencies.SUGGESTED``).
    """

    pictures: Treatment = Treatment.SHOW
    keeps_sounds: bool = False
    agencies: tuple[str, ...] = SUGGESTED


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What may be done with one thing.

    Attributes:
        where: the upstream id of the part; that of the story if it is the whole.
        treatment: the most that may be done.
        reason: why no more.
        detail: the agency, or what to tell listeners.
        may_download: whether listeners may be offered the file itself.
    """

    where: str
    treatment: Treatment
    reason: Reason
    detail: str = ""
    may_download: bool = False

    @property
    def sentence(self) -> str:
        """Say it to an editor, in English."""
        return _SENTENCES[self.reason].format(self.detail or _TRY_LATER)


def verdict_on_story(story: Incoming) -> Verdict:
    """Return whether *story* may be here at all: ``HIDE`` means to take it down."""
    if story.restricted:
        return Verdict(story.id, Treatment.HIDE, Reason.RESTRICTED)
    return Verdict(story.id, Treatment.COPY, Reason.ALLOWED)


def is_recommended(story: Incoming, *, now: datetime) -> bool:
    """Return whether to promote *story*: on front pages, as related, in newsletters."""
    until = story.recommended_until
    return until is None or now < until


def verdict_on_photo(photo: Photo, policy: Policy) -> Verdict:
    """Return whether *photo* may be copied, shown from where it is, or not at all."""
    agency = agency_in(f"{photo.photographer} / {photo.agency}", policy.agencies)
    if photo.restricted:
        return Verdict(photo.id, Treatment.HIDE, Reason.RESTRICTED)
    if agency:
        return Verdict(photo.id, Treatment.HIDE, Reason.AGENCY, agency)
    if not photo.credit:
        return Verdict(photo.id, Treatment.HIDE, Reason.UNCREDITED)
    if policy.pictures <= Treatment.LINK:
        return Verdict(photo.id, Treatment.HIDE, Reason.NO_PICTURES)
    if not photo.cuts:
        return Verdict(photo.id, Treatment.HIDE, Reason.NO_FILE)
    return _as_far_as(photo.id, policy.pictures)


def verdict_on_sound(
    sound: Sound, policy: Policy, *, now: datetime, until: datetime | None = None
) -> Verdict:
    """
    Return what may be done with *sound* at *now*.

    To show it is to play its file from where it is; to link it is to link to its
    ``player_url``. *until* is when the whole story expires, as newscasts do.
    """
    ends = [at for at in (sound.expires_at, until) if at is not None]
    if sound.restricted:
        return Verdict(sound.id, Treatment.HIDE, Reason.RESTRICTED)
    if ends and min(ends) <= now:
        return Verdict(sound.id, Treatment.HIDE, Reason.EXPIRED)
    if not sound.is_available:
        return Verdict(sound.id, Treatment.HIDE, Reason.UNAVAILABLE, sound.says)
    # The right to download is no right to anything where the sound is premium.
    if not (sound.is_streamable or (sound.is_downloadable and not sound.is_premium)):
        return _in_their_player(sound, Reason.NOT_PLAYABLE)
    if not sound.url:
        return _in_their_player(sound, Reason.NO_FILE)
    return _playable(sound, policy)


def verdicts(story: Incoming, policy: Policy, *, now: datetime) -> tuple[Verdict, ...]:
    """Return the verdict on *story* first, then on each part that is not just text."""
    return (verdict_on_story(story), *_verdicts_on_parts(story, policy, now))


def permitted(story: Incoming, policy: Policy, *, now: datetime) -> Incoming:
    """
    Return *story* with nothing in it that must not be shown at *now*.

    A story that must not be shown itself has no title, no text and no sound left: its
    ``id`` and ``restricted`` are all that is to be kept of it.
    """
    if verdict_on_story(story).treatment is Treatment.HIDE:
        return Incoming(id=story.id, kind=story.kind, title="", restricted=True)
    blocks = (_left_of(block, story, policy, now) for block in story.blocks)
    return replace(
        story,
        blocks=tuple(block for block in blocks if block),
        lead=_left_of(story.lead, story, policy, now),
        sound=_left_of(story.sound, story, policy, now),
    )


def _playable(sound: Sound, policy: Policy) -> Verdict:
    if sound.is_premium:
        return Verdict(sound.id, Treatment.SHOW, Reason.PREMIUM)
    if not sound.is_downloadable:
        return Verdict(sound.id, Treatment.SHOW, Reason.NOT_DOWNLOADABLE)
    wanted = Treatment.COPY if policy.keeps_sounds else Treatment.SHOW
    return replace(_as_far_as(sound.id, wanted), may_download=True)


def _in_their_player(sound: Sound, otherwise: Reason) -> Verdict:
    if sound.is_embeddable and sound.player_url:
        return Verdict(sound.id, Treatment.LINK, Reason.PLAYER_ONLY)
    return Verdict(sound.id, Treatment.HIDE, otherwise)


def _as_far_as(where: str, wanted: Treatment) -> Verdict:
    is_kept = wanted is Treatment.COPY
    return Verdict(where, wanted, Reason.ALLOWED if is_kept else Reason.ONLY_SHOWN)


def _verdicts_on_parts(
    story: Incoming, policy: Policy, now: datetime
) -> Iterator[Verdict]:
    standing = [part for part in (story.lead, story.sound) if part]
    for part in (*standing, *story.blocks):
        yield from _verdicts_on(part, story, policy, now)


def _verdicts_on(
    part: Block, story: Incoming, policy: Policy, now: datetime
) -> Iterator[Verdict]:
    """Yield the verdict on *part*, unless it is just text, and on what is in it."""
    match part:
        case Photo():
            yield verdict_on_photo(part, policy)
        case Sound():
            yield verdict_on_sound(part, policy, now=now, until=story.expires_at)
        case Gallery():
            yield from _verdicts_on_gallery(part, policy)
        case _ if part.restricted:
            yield Verdict(part.id, Treatment.HIDE, Reason.RESTRICTED)
        case _:
            pass


def _verdicts_on_gallery(gallery: Gallery, policy: Policy) -> Iterator[Verdict]:
    inside = [verdict_on_photo(photo, policy) for photo in gallery.photos]
    best = max((each.treatment for each in inside), default=Treatment.HIDE)
    if gallery.restricted:
        yield Verdict(gallery.id, Treatment.HIDE, Reason.RESTRICTED)
    elif best is Treatment.HIDE:
        yield Verdict(gallery.id, Treatment.HIDE, Reason.EMPTY_GALLERY)
    else:
        yield _as_far_as(gallery.id, best)
    yield from inside


def _left_of(
    part: P | None, story: Incoming, policy: Policy, now: datetime
) -> P | None:
    if part is None:
        return None
    own = next(_verdicts_on(part, story, policy, now), None)
    if own and own.treatment is Treatment.HIDE:
        return None
    if isinstance(part, Gallery):
        photos = (_left_of(photo, story, policy, now) for photo in part.photos)
        return replace(part, photos=tuple(photo for photo in photos if photo))
    return part
