"""What a story's body is made of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DateTimeBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from groundwave.newsroom.elsewhere import names_of_places, place_of
from groundwave.newsroom.event_choosers import MetricChooserBlock
from groundwave.newsroom.person_chooser import PersonChooserBlock
from groundwave.pages.blocks import AudioBlock, PictureBlock


MOST_PHOTOS = 30
"""Of one gallery; nobody looks at more in a row."""

TEXT_FEATURES = [
    "bold",
    "italic",
    "link",
    "figure",
    "ol",
    "ul",
    "h2",
    "h3",
    "blockquote",
]


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
        default="",
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

    photos = ListBlock(
        PictureBlock(), min_num=2, max_num=MOST_PHOTOS, label=_("photos")
    )

    class Meta:
        icon = "image"
        label = _("gallery")
        template = "newsroom/blocks/gallery.html"


class FactBoxBlock(StructBlock):
    """What a reader may want to look up, beside the story and not in it."""

    heading = CharBlock(max_length=120, label=_("heading"))
    text = RichTextBlock(
        features=["bold", "italic", "link", "figure", "ol", "ul"], label=_("text")
    )

    class Meta:
        icon = "list-ul"
        label = _("fact box")
        template = "newsroom/blocks/fact_box.html"


class FigureBoxBlock(StructBlock):
    """What we know of an event, and who says so: always what stands when it is read."""

    counted = ListBlock(
        MetricChooserBlock(label=_("count")),
        default=[],
        label=_("what is counted"),
        help_text=_(
            "Leave it empty for everything that is counted of the story's event."
        ),
    )

    class Meta:
        icon = "table"
        label = _("who says what")
        template = "newsroom/blocks/figure_box.html"


class RelatedBlock(StructBlock):
    """Another story that a reader of this one should know."""

    story = PageChooserBlock(page_type="newsroom.Story", label=_("story"))

    class Meta:
        icon = "doc-full"
        label = _("related story")
        template = "newsroom/blocks/related.html"


class PostBlock(StructBlock):
    """
    An entry of a live blog: what was known at one instant, and who wrote it.

    It is a block and no row of its own, so that it is drafted, compared, restored,
    corrected, searched, passed on and killed as every other word of the story is. Its
    name in addresses is the block's, which it keeps.
    """

    at = DateTimeBlock(
        default=timezone.now,
        label=_("at"),
        help_text=_("When it was known; readers find the latest first."),
    )
    heading = CharBlock(required=False, default="", max_length=120, label=_("heading"))
    text = RichTextBlock(
        features=["bold", "italic", "link", "figure", "ol", "ul"], label=_("text")
    )
    author = PersonChooserBlock(label=_("by"))

    class Meta:
        icon = "time"
        label = _("live blog post")


class ElsewhereBlock(StructBlock):
    """A video or a post on somebody else's site: named here, and seen there."""

    url = URLBlock(
        label=_("address"),
        help_text=_("Of the video or the post itself, as your browser shows it."),
    )
    title = CharBlock(
        max_length=200,
        label=_("title"),
        help_text=_("What is seen or said there: readers decide by it."),
    )
    by = CharBlock(required=False, default="", max_length=120, label=_("whose it is"))

    class Meta:
        icon = "link-external"
        label = _("video or post elsewhere")
        template = "newsroom/blocks/elsewhere.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if place_of(cleaned["url"]) is None:
            sentence = _(
                "We link to videos and posts on %(places)s, by an address that begins "
                "with https://. Link to anything else from the text."
            ) % {"places": names_of_places()}
            raise StructBlockValidationError({"url": ValidationError(sentence)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        place = place_of(value["url"])
        return super().get_context(value, parent_context) | {"place": place}


class SoundElsewhereBlock(StructBlock):
    """
    A sound that its origin lets us play, or link to, and not keep.

    Without ``url`` it is heard on ``page`` alone; ``url`` is the file.
    """

    title = CharBlock(max_length=200, label=_("title"))
    url = URLBlock(required=False, default="", label=_("address of the sound"))
    page = URLBlock(
        required=False,
        default="",
        label=_("address of its player"),
        help_text=_("A page of its origin on which it can be heard."),
    )
    by = CharBlock(required=False, default="", max_length=120, label=_("whose it is"))
    media_type = CharBlock(
        required=False, default="", max_length=60, label=_("media type")
    )
    seconds = IntegerBlock(required=False, min_value=0, label=_("length in seconds"))
    may_download = BooleanBlock(required=False, label=_("listeners may download it"))
    expires_at = DateTimeBlock(required=False, label=_("may be heard until"))

    class Meta:
        icon = "media"
        label = _("sound elsewhere")
        template = "newsroom/blocks/sound_elsewhere.html"


class DocumentBlock(StructBlock):
    """A file to read: a report, a ruling, a data set."""

    document = DocumentChooserBlock(label=_("document"))
    title = CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("title"),
        help_text=_("Only if it is to be called something else here."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("document")
        template = "newsroom/blocks/document.html"


class StoryBlocks(StreamBlock):
    """Text, photos, quotations, sound, figures, boxes and posts, in any order."""

    text = RichTextBlock(features=TEXT_FEATURES, label=_("text"))
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    audio = AudioBlock()
    facts = FactBoxBlock()
    figures = FigureBoxBlock()
    related = RelatedBlock()
    elsewhere = ElsewhereBlock()
    sound_elsewhere = SoundElsewhereBlock()
    document = DocumentBlock()
    post = PostBlock()
