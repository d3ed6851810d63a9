from __future__ import annotations

from wagtail import hooks

from groundwave.pages.recording_chooser import recording_chooser


hooks.register("register_admin_viewset", lambda: recording_chooser)
