from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from groundwave.pages.admin_api import without_actions
from groundwave.pages.made_once import edit_what_was_made, one_save
from groundwave.pages.publishing import REFUSED
from groundwave.pages.recording_chooser import recording_chooser
from groundwave.pages.refusals import add_refused_panel, tell_editor


def refusals(actions: Any) -> None:
    """Say in a page's history why it was not published when its time came."""

    @actions.register_action(REFUSED)
    class RefusedFormatter(LogFormatter):
        label = gettext_lazy("Not published")

        def format_message(self, entry: Any) -> str:
            reasons = entry.data["reasons"]
            return _("Not published when its time came: %(reasons)s") % {
                "reasons": reasons
            }


hooks.register("register_admin_viewset", lambda: recording_chooser)
hooks.register("register_log_actions", refusals)
hooks.register("construct_admin_api", without_actions)
hooks.register("before_create_page", edit_what_was_made)
hooks.register("insert_editor_js", one_save)
hooks.register("before_edit_page", tell_editor)
hooks.register("construct_homepage_panels", add_refused_panel)
