"""
A story's social card: its headline and whose it is, as messengers show a link to it.

It is drawn when it is asked for first, over the lead photo if that may be on cards. Its
address says what is on it: a headline that changed or a photo that was revoked has
another address, and the old one is gone.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groundwave.delivery.card_drawing import Words, can_write, draw
from groundwave.delivery.carried import carried
from groundwave.delivery.pictures import WIDE
from groundwave.newsroom.models import Story
from groundwave.photos.models import PhotoRendition
from groundwave.photos.rights import Use
from groundwave.stations.models import Licensee


FONT = "groundwave/fonts/bricolage-grotesque-latin.woff2"
# A rendition that is withdrawn is gone from here as soon as from everywhere else.
KEPT_SECONDS = 60
# Some hundred kB each; whoever is asked for more of them draws again.
CARDS_KEPT = 32


def card_url(story: Story) -> str | None:
    """
    Return where *story* has a card.

    None if its headline cannot be written on one, or if it is looked at before it is kept.
    """
    words = _words(story)
    if story.pk is None or not can_write(_font(), words):
        return None
    return reverse("social_card", args=[story.pk, _drawn(words, _photo(story))])


@require_safe
def social_card(request: HttpRequest, pk: int, drawn: str) -> HttpResponse:
    """Answer with the card, as long as it is what that address says."""
    story = get_object_or_404(Story.objects.readable(), pk=pk)
    words, photo = _words(story), _photo(story)
    if drawn != _drawn(words, photo):
        raise Http404(_("There is another card of this story by now."))
    picture = _card(words, photo.file.name if photo else "", drawn)
    answer = HttpResponse(picture, content_type="image/jpeg")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _words(story: Story) -> Words:
    licensee = Licensee.objects.first()
    photo, whose = _photo(story), carried(story)
    ours = licensee.name if licensee else _("Live radio")
    return Words(
        headline=story.title,
        station=f"{whose.name} · {ours}" if whose else ours,
        credit=photo.image.credit if photo else "",
    )


def _photo(story: Story) -> PhotoRendition | None:
    """Return the lead photo as cards have it, if they may and it was made."""
    photo = story.lead_photo
    if photo is None or not photo.may_be_shown(timezone.now(), Use.CARD):
        return None
    made: PhotoRendition | None = photo.renditions.filter(filter_spec=WIDE).first()
    return made


def _drawn(words: Words, photo: PhotoRendition | None) -> str:
    told = "\n".join([*words, photo.file.name if photo else ""])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@lru_cache(maxsize=CARDS_KEPT)
def _card(words: Words, photo: str, drawn: str) -> bytes:
    if not photo:
        return draw(_font(), words)
    with PhotoRendition.objects.get(file=photo).file.open() as behind:
        return draw(_font(), words, behind)


def _font() -> str:
    return str(finders.find(FONT))
