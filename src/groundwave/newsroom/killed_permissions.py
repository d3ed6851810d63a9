from __future__ import annotations

from wagtail.models import PagePermissionTester


class KilledStoryPermissions(PagePermissionTester):
    """
    What Wagtail's admin lets anybody do with a killed story: nothing, superusers too.

    So no view of Wagtail's shows its text, publishes, copies, moves or deletes it. Our
    own views show it to whoever may, and write that down.
    """

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_move_to(self, destination: object) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_unlock(self) -> bool:
        return False

    def can_view_revisions(self) -> bool:
        return False
