"""The form of a carried story, which may be older than what its origin has sent."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from groundwave.newsroom.admin.story_form import StoryForm
from groundwave.syndication.models import Original


class CarriedStoryForm(StoryForm):
    """Undoes no correction that came while somebody wrote, unless they mean it."""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        # A draft as well: the next form would not know of what the draft undoes.
        if sentence := self._what_came():
            self.add_error(None, sentence)
        return said

    def _what_came(self) -> str:
        """Say that our copy was brought up to date since this form was opened."""
        # The importer is nobody.
        if not self.saved_since().filter(user=None).exists():
            return ""
        carried = Original.objects.select_related("connection")
        original = carried.filter(story=self.instance.pk).first()
        if original is None:
            return ""
        return _(
            "%(origin)s has changed this story since you opened it, and yours would undo "
            "that. Nothing of yours is lost: it still stands here. See under History, in "
            "another window, what has changed, and take it over. To keep yours all the "
            "same, press the button again."
        ) % {"origin": original.connection.origin}
