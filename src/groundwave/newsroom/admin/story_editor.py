"""The desk at which a story is written."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput

from groundwave.newsroom.admin.story_form import StoryForm


def story_editor() -> TabbedInterface:
    """Return the form of a story, with its tabs."""
    return TabbedInterface(
        [
            ObjectList(_story(), heading=_("Story")),
            ObjectList(_around(), heading=_("Around it")),
            ObjectList(_planning(), heading=_("Planning")),
        ],
        base_form_class=StoryForm,
    )


def _story() -> list[Panel]:
    return [
        FieldPanel("eyebrow"),
        TitleFieldPanel(
            "title",
            heading=_("Headline"),
            placeholder=_("Headline"),
            help_text=_("What readers meet first, and all that lists show of it."),
        ),
        FieldPanel("dek"),
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "Of a story that readers already have. What you say here is "
                        "told when this version is published."
                    )
                ),
                FieldPanel("change_kind"),
                FieldPanel("change_text"),
                FieldRowPanel(
                    [
                        FieldPanel("change_is_significant"),
                        FieldPanel("change_must_air"),
                    ]
                ),
            ],
            heading=_("What changed"),
        ),
        InlinePanel("bylines", heading=_("Bylines"), label=_("Byline")),
        FieldPanel("dateline"),
        MultiFieldPanel(
            [
                FieldPanel("lead_photo"),
                FieldPanel("lead_alt"),
                FieldPanel("lead_caption"),
            ],
            heading=_("Lead photo"),
        ),
        FieldPanel("recording"),
        FieldPanel("event"),
        FieldPanel("body"),
    ]


def _around() -> list[Panel]:
    return [
        FieldPanel("topics"),
        MultiFieldPanel(
            [
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("Where it is found"),
        ),
    ]


def _planning() -> list[Panel]:
    return [
        FieldRowPanel([FieldPanel("slugline"), FieldPanel("embargo_until")]),
        FieldPanel("working_note"),
        PublishingPanel(),
    ]
