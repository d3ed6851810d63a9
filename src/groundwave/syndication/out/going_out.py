"""Which stories of ours go out at all, and what keeps the others here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.syndication.models import Original


def kept_back(story: Story, *, now: datetime) -> Iterator[str]:
    """Yield a sentence for each reason why nobody elsewhere is given *story*."""
    if story.embargo_until and story.embargo_until > now:
        yield _(
            "It is under embargo until %(when)s UTC. Publish it then, or lift the embargo."
        ) % {"when": date_format(story.embargo_until, "N j, Y, P")}
    if story.alias_of:
        yield _(
            "It repeats “%(story)s”, and that story goes out. Change that one if "
            "something is to change."
        ) % {"story": story.alias_of.title}
    if story.pk:
        yield from _kept_back_as_it_is_kept(story)


def _kept_back_as_it_is_kept(story: Story) -> Iterator[str]:
    # Detached or not: what came from somebody is not ours to pass on.
    if original := Original.objects.filter(story=story).first():
        yield _(
            "It came from %(connection)s, and whoever wants it gets it there. It does "
            "not go out from here; nothing has to be done."
        ) % {"connection": original.connection}
    if story.kill_in_force:
        yield _("It was killed. Have an administrator revive it if it is to go out.")
    if story.get_view_restrictions().exists():
        yield _(
            "It is for few. Make it, and the section it is in, public if others are to "
            "have it."
        )
