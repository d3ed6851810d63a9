"""
Photos: whose they are, by what right they are shown, and until when.

Laws:

* What the public may not see is neither made nor found: whoever asks for a rendition
  of it is told that there is none. Wagtail's own tags ask here as well.
* The desk sees every photo, in the sizes of ``DESK_SPECS``, which no public page has.
* A rendition that was being made while its photo was revoked does not outlive it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
)
from wagtail.search import index

from groundwave.photos.errors import Withheld
from groundwave.photos.rights import RightsBasis, Use, Withholding


# What Wagtail's admin shows of a picture; "original" is the link to the whole of it.
DESK_SPECS = frozenset(
    [
        "fill-600x338",
        "max-150x150",
        "max-165x165",
        "max-400x400",
        "max-800x600",
        "original",
    ]
)


class PhotoQuerySet(ImageQuerySet):
    def showable(self, now: datetime, use: Use = Use.PAGE) -> PhotoQuerySet:
        """Those that the public may see at *now*; see ``Photo.why_withheld``."""
        shown: PhotoQuerySet = (
            self.filter(revoked_at=None, **{Use.PAGE: True, use: True})
            .filter(Q(expires_at=None) | Q(expires_at__gt=now))
            .exclude(photographer="", agency="")
            .exclude(rights_basis=RightsBasis.UNKNOWN)
        )
        return shown

    def next_expiry(self, now: datetime) -> datetime | None:
        """Return when the first right to show one of them ends after *now*."""
        later = self.filter(revoked_at=None, expires_at__gt=now).order_by("expires_at")
        found: datetime | None = later.values_list("expires_at", flat=True).first()
        return found


class Photo(AbstractImage):
    """A picture, whose it is, and what we may do with it."""

    caption = models.TextField(
        _("caption"),
        blank=True,
        max_length=1000,
        help_text=_(
            "Who and what is seen, where and when. A page may say it otherwise."
        ),
    )
    photographer = models.CharField(
        _("photographer"),
        max_length=120,
        blank=True,
        help_text=_("Who took or drew it. For a logo, the station's name."),
    )
    agency = models.CharField(
        _("agency"),
        max_length=120,
        blank=True,
        help_text=_("For whom: KGND, AP, the Fire Department. Shown after a slash."),
    )
    rights_basis = models.CharField(
        _("rights"),
        max_length=20,
        choices=RightsBasis.choices,
        default=RightsBasis.UNKNOWN,
        help_text=_("Why we may show it."),
    )
    rights_note = models.CharField(
        _("terms"),
        max_length=300,
        blank=True,
        help_text=_("Which license, by whom, for what: read by us alone."),
    )
    license_url = models.URLField(
        _("address of the license"),
        blank=True,
        help_text=_("Creative Commons asks for it."),
    )
    may_be_on_pages = models.BooleanField(
        _("on pages"),
        default=True,
        help_text=_("Unticked, it is shown nowhere."),
    )
    may_be_on_cards = models.BooleanField(
        _("on cards"),
        default=True,
        help_text=_("What messengers and social networks show of a link to us."),
    )
    may_be_in_feeds = models.BooleanField(
        _("in feeds"),
        default=True,
        help_text=_("What other programs and sites take from us by themselves."),
    )
    expires_at = models.DateTimeField(
        _("may be shown until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From then on it is gone from the site. Empty: without end."),
    )
    revoked_at = models.DateTimeField(
        _("revoked"), null=True, blank=True, editable=False
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    revoked_reason = models.CharField(
        _("why it was revoked"), max_length=300, blank=True, editable=False
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "photographer",
        "agency",
        "rights_basis",
        "rights_note",
        "license_url",
        "expires_at",
        "may_be_on_pages",
        "may_be_on_cards",
        "may_be_in_feeds",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("photographer"),
        index.SearchField("agency"),
    ]

    objects = PhotoQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        # Who may add, change and choose is said of Wagtail's images, by collection.
        default_permissions = ()
        permissions = [("revoke_photo", _("Can revoke photos"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(rights_basis__in=RightsBasis.values),
                name="photo_rights_are_of_a_kind_we_know",
            ),
            models.CheckConstraint(
                condition=~Q(rights_basis=RightsBasis.CREATIVE_COMMONS)
                | ~Q(license_url=""),
                name="photo_under_creative_commons_names_its_license",
            ),
            models.CheckConstraint(
                condition=~Q(rights_basis=RightsBasis.LICENSED) | ~Q(rights_note=""),
                name="photo_that_is_licensed_says_on_what_terms",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_reason=""),
                name="photo_is_revoked_for_a_reason",
            ),
        ]

    @property
    def credit(self) -> str:
        """Who is thanked beside it: "Ida Marsh / KGND"."""
        return " / ".join(filter(None, (self.photographer, self.agency)))

    @property
    def has_original(self) -> bool:
        """Whether we have it still: of what was lent to us the file may be deleted."""
        return bool(self.file.storage.exists(self.file.name))

    def why_withheld(self, now: datetime) -> Withholding | None:
        """Return why the public may not see it at *now*, if it may not."""
        if self.revoked_at:
            return Withholding.REVOKED
        if self.expires_at and self.expires_at <= now:
            return Withholding.EXPIRED
        if not self.credit:
            return Withholding.UNCREDITED
        if self.rights_basis == RightsBasis.UNKNOWN:
            return Withholding.RIGHTS_UNKNOWN
        return None if self.may_be_on_pages else Withholding.NOT_FOR_PAGES

    def may_be_shown(self, now: datetime, use: Use = Use.PAGE) -> bool:
        return self.why_withheld(now) is None and getattr(self, use)

    def get_upload_to(self, filename: str) -> str:
        path: str = super().get_upload_to(filename)
        return path.replace("original_images", "originals", 1)

    # --- renditions; Wagtail has no clock to hand over here ---

    def find_existing_renditions(
        self, *filters: Filter
    ) -> dict[Filter, AbstractRendition]:
        why = self.why_withheld(timezone.now())
        seen = [each for each in filters if not why or each.spec in DESK_SPECS]
        found: dict[Filter, AbstractRendition] = super().find_existing_renditions(*seen)
        return found

    def create_rendition(self, filter: Filter) -> AbstractRendition:  # noqa: A002
        if filter.spec in DESK_SPECS:
            return self._make(filter)
        if why := self.why_withheld(timezone.now()):
            raise Withheld(self.title, why)
        made = self._make(filter)
        self._take_back_if_revoked(made)
        return made

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        # Not three at a time: that is three whole pictures in a small machine's memory.
        return {each: self.create_rendition(each) for each in filters}

    def _make(self, wanted: Filter) -> PhotoRendition:
        # As Wagtail does, but for the temporary file, which it leaves open.
        if not self.has_original:
            raise SourceImageIOError(f"{self.title}: its file is not there.")
        with self.generate_rendition_file(wanted) as drawn:
            made, _created = self.renditions.get_or_create(
                filter_spec=wanted.spec,
                focal_point_key=wanted.get_cache_key(self),
                defaults={"file": drawn},
            )
        found: PhotoRendition = made
        return found

    def _take_back_if_revoked(self, made: PhotoRendition) -> None:
        """Delete what ``revoke`` could not find, because it came after."""
        if type(self).objects.filter(pk=self.pk, revoked_at=None).exists():
            return
        made.delete_with_file()
        raise Withheld(self.title, Withholding.REVOKED)


class PhotoRendition(AbstractRendition):
    """A photo in one size and kind."""

    image = models.ForeignKey(
        Photo, related_name="renditions", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="rendition_is_made_once",
            ),
        ]
        indexes = [models.Index(fields=["file"], name="rendition_is_found_by_file")]

    def __str__(self) -> str:
        return f"{self.image}: {self.filter_spec}"

    def get_upload_to(self, filename: str) -> str:
        # A name that was never used: what deletes the files of lost rows comes late,
        # and what others keep of a photo that was revoked is not found by its address.
        path: str = super().get_upload_to(f"{secrets.token_hex(4)}.{filename}")
        return path

    def delete_with_file(self) -> None:
        """Delete it, and its file at once, where Wagtail leaves that to the worker."""
        self.file.storage.delete(self.file.name)
        self.delete()

    @property
    def is_for_the_desk(self) -> bool:
        return self.filter_spec in DESK_SPECS
