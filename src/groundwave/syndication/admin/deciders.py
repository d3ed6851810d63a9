"""Who decides about a carried story."""

from __future__ import annotations

from groundwave.people.models import User
from groundwave.syndication.models import Original


MAY_DECIDE = "syndication.change_original"


def may_decide(user: User, original: Original) -> bool:
    """
    Return whether *user* may decide about our copy of *original*.

    What is decided may reach readers at once, so that only who publishes may.
    """
    story = original.story
    if story is None or not user.has_perm(MAY_DECIDE):
        return False
    return bool(story.permissions_for_user(user).can_publish())
