"""What a story's body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from groundwave.pages.blocks import AudioBlock, PictureBlock


class QuoteBlock(StructBlock):
    """Somebody's words, who that is, and where they were said."""

    quote = TextBlock(label=_("quotation"))
    speaker = CharBlock(
        max_length=120,
        label=_("speaker"),
        help_text=_("Whose words these are, with what makes them worth quoting."),
    )
    context = CharBlock(
        required=False,
        max_length=200,
        label=_("context"),
        help_text=_("Where and to whom it was said: at a briefing on Monday."),
    )

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "newsroom/blocks/quote.html"


class GalleryBlock(StructBlock):
    """Several photos that belong together."""

    photos = ListBlock(PictureBlock(), min_num=2, max_num=30, label=_("photos"))

    class Meta:
        icon = "image"
        label = _("gallery")
        template = "newsroom/blocks/gallery.html"


class FactBoxBlock(StructBlock):
    """What a reader may want to look up, beside the story and not in it."""

    heading = CharBlock(max_length=120, label=_("heading"))
    text = RichTextBlock(
        features=["bold", "italic", "link", "ol", "ul"], label=_("text")
    )

    class Meta:
        icon = "list-ul"
        label = _("fact box")
        template = "newsroom/blocks/fact_box.html"


class RelatedBlock(StructBlock):
    """Another story that a reader of this one should know."""

    story = PageChooserBlock(page_type="newsroom.Story", label=_("story"))

    class Meta:
        icon = "doc-full"
        label = _("related story")
        template = "newsroom/blocks/related.html"


class StoryBlocks(StreamBlock):
    """Text, photos, quotations, sound and boxes, in any order."""

    text = RichTextBlock(
        features=["bold", "italic", "link", "ol", "ul", "h2", "h3"], label=_("text")
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    audio = AudioBlock()
    facts = FactBoxBlock()
    related = RelatedBlock()
