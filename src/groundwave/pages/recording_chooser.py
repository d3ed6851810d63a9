"""How an editor chooses a recording, or uploads one on the spot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class RecordingChooserViewSet(ChooserViewSet):
    model = "pages.Recording"
    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Choose another recording")
    edit_item_text = _("Edit this recording")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading…")
    form_fields = ("title", "file", "credit", "transcript")


recording_chooser = RecordingChooserViewSet("recording_chooser")
RecordingChooserBlock = recording_chooser.get_block_class(
    name="RecordingChooserBlock", module_path="groundwave.pages.recording_chooser"
)
