"""What a story's and a connection's history calls what was done here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from groundwave.syndication.actions.connecting import (
    ASKED,
    PAUSED,
    RESUMED,
    SOONER,
    STOPPED,
)
from groundwave.syndication.actions.deciding import (
    ATTACHED,
    DETACHED,
    KEPT_OURS,
    TOOK_THEIRS,
)
from groundwave.syndication.actions.importing import IMPORTED
from groundwave.syndication.admin.partners import RENEWED


NAMES = {
    ASKED: (_("Ask now"), _("Asked out of turn")),
    ATTACHED: (_("Follow again"), _("Follows its original again")),
    DETACHED: (_("Detach"), _("Detached from updates")),
    IMPORTED: (_("Import"), _("Imported by its address")),
    KEPT_OURS: (_("Keep ours"), _("Ours was kept")),
    RENEWED: (_("Another line"), _("Another pairing line was made")),
    PAUSED: (_("Pause"), _("Paused")),
    RESUMED: (_("Go on asking"), _("Asked again")),
    SOONER: (_("Publish now"), _("Published before its time")),
    STOPPED: (_("Keep as a draft"), _("Kept as a draft")),
    TOOK_THEIRS: (_("Take theirs"), _("Theirs was taken")),
}


def carrying_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in NAMES.items():
        actions.register_action(action, label, message)
