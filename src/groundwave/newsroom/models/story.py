from __future__ import annotations

import uuid
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager, PagePermissionTester, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from groundwave.newsroom.errors import StoryGone
from groundwave.newsroom.killed_permissions import KilledStoryPermissions
from groundwave.newsroom.models.blocks import StoryBlocks
from groundwave.newsroom.models.event import Event
from groundwave.newsroom.models.kill import StoryKill
from groundwave.newsroom.models.topic import Topic
from groundwave.newsroom.models.update import WORDED, ChangeKind, StoryUpdate
from groundwave.newsroom.readiness import (
    refuse_killed,
    refuse_undoing,
    refuse_unready,
)
from groundwave.pages.models import Recording
from groundwave.people.models import User


class StoryQuerySet(PageQuerySet):
    def readable(self) -> StoryQuerySet:
        """Those that anybody may read, the newest first."""
        found: StoryQuerySet = self.live().public().order_by("-first_published_at")
        return found

    def with_facts(self) -> StoryQuerySet:
        """Bring along what is told of a story wherever it is listed."""
        found: StoryQuerySet = self.select_related("lead_photo").prefetch_related(
            "bylines__person", "updates", "lead_photo__renditions"
        )
        return found


class WhatChanged(models.Model):
    """
    What an editor says of a change, kept with the version that has it.

    It becomes a StoryUpdate when that version is published, by whichever way.
    """

    change_uid = models.UUIDField(default=uuid.uuid4, editable=False)
    change_kind = models.CharField(
        _("what changed"), max_length=20, blank=True, choices=ChangeKind.choices
    )
    change_text = models.TextField(
        _("what readers are told"),
        blank=True,
        help_text=_(
            "One or two sentences. Of a correction, say what was wrong without "
            "repeating more of it than needed, and what is right."
        ),
    )
    change_is_significant = models.BooleanField(
        _("significant"),
        default=True,
        help_text=_("The line “Updated at …” under the headline is about this."),
    )
    change_must_air = models.BooleanField(
        _("must be said on the air"),
        default=False,
        help_text=_("What was wrong was also said on the air."),
    )

    class Meta:
        abstract = True

    @property
    def answer(self) -> tuple[uuid.UUID, str, str]:
        """What was said of which change."""
        return self.change_uid, self.change_kind, self.change_text

    def begin_another_change(self) -> None:
        """Forget the answer: it was given of a version that is published."""
        self.change_uid = uuid.uuid4()
        self.change_kind = self.change_text = ""
        self.change_is_significant, self.change_must_air = True, False

    def clean(self) -> None:
        super().clean()
        if self.change_kind in WORDED and not self.change_text.strip():
            sentence = _("Write what readers are told; this is not a change to hide.")
            raise ValidationError({"change_text": sentence})


class Story(WhatChanged, Page):  # noqa: DJ008 - a page says its title
    """What happened, told by the newsroom; its title is the headline."""

    eyebrow = models.CharField(
        _("eyebrow"),
        max_length=40,
        blank=True,
        help_text=_("A word or two above the headline: Analysis, Live, Water."),
    )
    dek = models.CharField(
        _("dek"),
        max_length=300,
        blank=True,
        help_text=_("A sentence under the headline, and wherever the story is listed."),
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=60,
        blank=True,
        help_text=_("Where it was reported from: MARROW BAY."),
    )
    lead_photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    lead_alt = models.CharField(
        _("what is to be seen on it"),
        max_length=250,
        blank=True,
        help_text=_(
            "For those who cannot see it; empty for what the photo says itself."
        ),
    )
    lead_caption = models.CharField(
        _("caption"),
        max_length=400,
        blank=True,
        help_text=_("Empty for what the photo says itself."),
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name=_("audio"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # A draft keeps the event it was written for; one that is gone leaves it without.
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        help_text=_("What it tells of. Its figures can then stand in the text."),
    )
    body = StreamField(StoryBlocks(), verbose_name=_("body"), blank=True)
    topics = ParentalManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="stories"
    )
    slugline = models.CharField(
        _("slugline"),
        max_length=60,
        blank=True,
        help_text=_("What the newsroom calls it: FLOOD-DAM-2. Readers never see it."),
    )
    embargo_until = models.DateTimeField(
        _("embargo"),
        null=True,
        blank=True,
        help_text=_("Nobody may publish it before, and no clock does."),
    )
    working_note = models.TextField(
        _("working note"), blank=True, help_text=_("For the newsroom alone.")
    )

    objects = PageManager.from_queryset(StoryQuerySet)()

    search_fields = [
        *Page.search_fields,
        index.SearchField("dek"),
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]
    # A copy is another story: readers have never seen it.
    exclude_fields_in_copy = ["change_uid", "first_published_at"]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "newsroom/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save it; a version that becomes public is told of as its editor said.

        Every way to the public ends here: the form, a workflow, the clock, a command.

        Raises:
            NotPublishable: it is not ready, or nobody said what changed, or it was
                killed.
        """
        # Locked: what somebody else publishes or kills meanwhile comes before or after.
        kept = type(self).objects.select_for_update().filter(pk=self.pk).first()
        published = kept if kept and kept.live else None
        if self.live:
            refuse_killed(self)
        before = published.live_revision_id if published else None
        # An older version remembers what was live then, and a draft of it changes nothing.
        saved = kwargs.get("update_fields") or ["live_revision"]
        is_new = self.live_revision_id not in (None, before)
        goes_public = self.live and is_new and "live_revision" in saved
        if goes_public:
            refuse_unready(self, published, now=timezone.now())
        super().save(*args, **kwargs)
        if goes_public and published:
            self.tell(self.live_revision)

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """
        Publish a version wholly or not at all; a refused one leaves schedules alone.

        Raises:
            NotPublishable: it is not ready, or would undo what somebody else arranged.
        """
        refuse_undoing(self, revision)
        super().publish(revision, *args, **kwargs)

    @property
    def kill_in_force(self) -> StoryKill | None:
        """Why readers are not shown it; None if nobody took it back."""
        return StoryKill.objects.in_force().filter(story_id=self.pk).first()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not self.live and (kill := self.kill_in_force):
            raise StoryGone(kill.public_note, kill.at)
        return super().route(request, path_components)

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        if not self.live and self.kill_in_force:
            return KilledStoryPermissions(user, self)
        return super().permissions_for_user(user)

    @classmethod
    def get_indexed_objects(cls) -> StoryQuerySet:
        """Return what is to be found; a killed story is not, not even at the desk."""
        killed = StoryKill.objects.in_force().values("story")
        found: StoryQuerySet = super().get_indexed_objects().exclude(pk__in=killed)
        return found

    @property
    def told(self) -> list[StoryUpdate]:
        """What readers were told of changes, the latest first; of a first draft nothing."""
        return list(self.updates.all()) if self.pk else []

    @property
    def updated_at(self) -> datetime | None:
        """The instant of the latest significant update; None if there was none."""
        # In Python, so that lists that brought their updates along ask no more.
        told = [each.at for each in self.told if each.is_significant]
        return max(told, default=None)

    @property
    def posts(self) -> list[StreamValue.StreamChild]:
        """The entries of a live blog, the latest first; a story that has one is one."""
        posts = [each for each in self.body if each.block_type == "post"]
        return sorted(posts, key=lambda post: post.value["at"], reverse=True)

    @property
    def plain_text(self) -> str:
        """Everything that a reader is told in words, one paragraph a line."""
        return self.text_with_posts({post.id for post in self.posts})

    def text_with_posts(self, ids: Container[str]) -> str:
        """Return its plain text, and of its posts only those of *ids*."""
        body = [e for e in self.body if e.block_type != "post" or e.id in ids]
        return "\n".join(filter(None, self._texts(body)))

    def _texts(self, children: Iterable[StreamValue.StreamChild]) -> list[str]:
        body = self.body.stream_block.get_searchable_content(children)
        head = [self.title, self.dek, self.dateline, self.lead_caption, self.lead_alt]
        return [*head, *(str(each) for each in body)]

    def clean(self) -> None:
        super().clean()
        kept = self._kept_slug()
        if self.first_published_at and kept and self.slug != kept:
            sentence = _(
                "This story has been published: others link to its address, which "
                "stays %(slug)s. Change the headline instead."
            ) % {"slug": kept}
            raise ValidationError({"slug": sentence})

    def _kept_slug(self) -> str | None:
        kept = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True)
        return kept.first()

    def tell(self, revision: Revision) -> None:
        """Tell readers of the change that *revision* brought, once."""
        if self.change_kind in ("", ChangeKind.TYPO):
            return
        StoryUpdate.objects.get_or_create(
            uid=self.change_uid,
            defaults={
                "story_id": self.pk,
                "revision": revision,
                "kind": self.change_kind,
                "text": self.change_text.strip(),
                "is_significant": self.change_is_significant,
                "must_air": self.change_must_air,
                "at": timezone.now(),
                "by": revision.user,
            },
        )
