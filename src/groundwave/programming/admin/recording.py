"""Recordings, which nobody but its hosts and editors changes under an episode."""

from __future__ import annotations

from wagtail.admin.views.generic import DeleteView, EditView

from groundwave.pages.recording_admin import RecordingViewSet
from groundwave.programming.admin.own_shows import OwnRecording


class RecordingEditView(OwnRecording, EditView):
    pass


class RecordingDeleteView(OwnRecording, DeleteView):
    pass


class OwnRecordingViewSet(RecordingViewSet):
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
