"""What a page's text is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.images.blocks import ImageBlock

from groundwave.pages.recording_chooser import RecordingChooserBlock


class PictureBlock(StructBlock):
    """A picture, what is on it, and who took it."""

    image = ImageBlock(required=True, label=_("picture"))
    caption = CharBlock(required=False, default="", max_length=300, label=_("caption"))
    credit = CharBlock(
        required=False,
        default="",
        max_length=120,
        label=_("credit"),
        help_text=_("Who took it, and for whom."),
    )

    class Meta:
        icon = "image"
        label = _("picture")
        template = "pages/blocks/picture.html"


class QuoteBlock(StructBlock):
    """Somebody's words, and whose they are."""

    quote = TextBlock(label=_("quotation"))
    who = CharBlock(required=False, default="", max_length=120, label=_("whose words"))

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "pages/blocks/quote.html"


class AudioBlock(StructBlock):
    """A recording, heard in the player's bar."""

    recording = RecordingChooserBlock(label=_("recording"))
    title = CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("title"),
        help_text=_("Only if it is to be called something else here."),
    )

    class Meta:
        icon = "media"
        label = _("audio")
        template = "pages/blocks/audio.html"


class TextBlocks(StreamBlock):
    """Text, pictures, quotations and recordings, in any order."""

    text = RichTextBlock(
        features=["bold", "italic", "link", "ol", "ul", "h2", "h3", "hr"],
        label=_("text"),
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    audio = AudioBlock()
