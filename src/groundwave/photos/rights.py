"""By what right a photo is shown, where, and why another one is not."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RightsBasis(models.TextChoices):
    """Why we may show a photo."""

    OWN = "own", _("Ours: one of us made it")
    LICENSED = "licensed", _("Licensed: an agency or its maker lets us")
    HANDOUT = "handout", _("Handout: given to the press for this")
    CREATIVE_COMMONS = "creative_commons", _("Creative Commons")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    UNKNOWN = "unknown", _("Not known yet: keep it, and show it to nobody")


class Use(models.TextChoices):
    """Where a photo is shown; each value names the field that permits it."""

    PAGE = "may_be_on_pages", _("on pages")
    CARD = "may_be_on_cards", _("on cards that others make of our links")
    FEED = "may_be_in_feeds", _("in feeds")


class Withholding(models.TextChoices):
    """Why a photo is shown to nobody, in the words that stand beside it."""

    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("rights ended")
    UNCREDITED = "uncredited", _("no credit")
    RIGHTS_UNKNOWN = "rights_unknown", _("rights not known")
    NOT_FOR_PAGES = "not_for_pages", _("not for pages")

    @property
    def sentence(self) -> Promise | str:
        """Return what is the matter, and what to do about it."""
        return _SENTENCES[self]


_SENTENCES = {
    Withholding.REVOKED: _("It was revoked. Choose another one."),
    Withholding.EXPIRED: _(
        "The time for which we may show it is over. Choose another one, or give it a "
        "later end if we may show it longer."
    ),
    Withholding.UNCREDITED: _(
        "Nobody is credited for it. Name the photographer, the agency or both."
    ),
    Withholding.RIGHTS_UNKNOWN: _(
        "It is not known why we may show it. Find out, and choose it under “Rights”."
    ),
    Withholding.NOT_FOR_PAGES: _(
        "It may not be on pages. Choose another one, or tick “on pages” if it may."
    ),
}
