from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from groundwave.pages.blocks import TextBlocks
from groundwave.pages.forms import AddressedPageForm
from groundwave.pages.recording import Recording


__all__ = ["HomePage", "PlainPage", "Recording", "SectionPage"]


class HomePage(Page):
    """The station's front page: the air first, then what the station says of itself."""

    about = RichTextField(
        _("about the station"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul", "h2", "h3"],
        help_text=_("A few sentences for somebody who is here for the first time."),
    )

    content_panels = [*Page.content_panels, FieldPanel("about")]
    search_fields = [*Page.search_fields, index.SearchField("about")]
    max_count = 1
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SectionPage(Page):
    """A part of the site: what it is about, and the pages in it."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("What a reader finds in this part of the site."),
    )
    body = StreamField(TextBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    base_form_class = AddressedPageForm
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    template = "pages/section_page.html"

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    @property
    def contents(self) -> PageQuerySet:
        """Its own pages and sections that anybody may read, in the editor's order."""
        own = self.get_children().type(SectionPage, PlainPage)
        return own.live().public().specific()


class PlainPage(Page):
    """Text and pictures: who we are, how to reach us, what we promise."""

    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("One sentence, for lists of pages and for search engines."),
    )
    body = StreamField(TextBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    base_form_class = AddressedPageForm
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/plain_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
