"""
One round on its way: of what came, what is news, and what becomes of each.

How far it is can be seen in its ``Poll``, which is there from the first news on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils.translation import gettext as _

from groundwave.syndication.actions.arriving import take_over
from groundwave.syndication.actions.leaving import take_down
from groundwave.syndication.actions.outcomes import write_down_of
from groundwave.syndication.models import (
    Connection,
    Original,
    Outcome,
    Poll,
    Upstream,
    What,
)
from groundwave.syndication.polling.asking import Came, Found, TakenBack, Unreadable
from groundwave.syndication.polling.passing_over import why_no_story, why_passed_over
from groundwave.syndication.polling.timetable import SOON


MOST_A_ROUND = 500
"""How many stories of a connection are gone through before it is another one's turn."""

SECONDS_A_ROUND = 60.0
MOST_SECONDS_A_ROUND = 300.0
"""Of a round in which nothing at all has been gone through yet."""

_SAVED_EVERY = 10
_TOLD_AGAIN = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is to become of one story."""

    id: str
    title: str
    do: Callable[[], Outcome | None]
    is_taken: bool = False


class Round:
    """
    One asking of a connection that began at *now*.

    Attributes:
        has_moved_on: whether anything was gone through, so that the next round begins
            where this one ends.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection, self.now = connection, now
        self.has_moved_on = False
        self._begun = time.monotonic()
        self._found = self._done = 0
        self._poll: Poll | None = None
        # Whoever was stopped in the middle of a round has left it open.
        connection.polls.filter(ended_at=None).update(ended_at=now)

    @property
    def is_over(self) -> bool:
        """Whether the others have waited for long enough."""
        patience = SECONDS_A_ROUND if self.has_moved_on else MOST_SECONDS_A_ROUND
        seconds = time.monotonic() - self._begun
        return self._done >= MOST_A_ROUND or seconds >= patience

    def take(self, batch: Iterable[Came], *, whatever_the_time: bool = False) -> None:
        """Do what is to be done about *batch*, as far as there is time."""
        deeds = self._deeds(list(batch))
        if not deeds:
            return
        self._expect(len(deeds))
        taken = []
        for deed in deeds:
            if self.is_over and not whatever_the_time:
                break
            self._do(deed)
            taken += [deed.id] if deed.is_taken else []
        carried = self.connection.originals.carried().filter(upstream_id__in=taken)
        # Somebody may have wished for them to be asked sooner meanwhile.
        soon = self.now + SOON
        wished = Q(check_due_at__gt=self.now, check_due_at__lt=soon)
        carried.exclude(wished).update(check_due_at=soon)

    def end(self, trouble: str = "") -> Poll | None:
        """Close the round; return its poll if there is anything to be seen in it."""
        if self._poll is None and trouble and not self._is_told(trouble):
            self._poll = self._begin()
        poll = self._poll
        if poll is None:
            return None
        if not trouble and not poll.outcomes.exists():
            poll.delete()
            return None
        poll.found, poll.done = self._found, self._done
        poll.ended_at, poll.trouble = self.now + self._lasted(), trouble
        poll.save()
        return poll

    def _deeds(self, batch: Sequence[Came]) -> list[_Deed]:
        ids = [_id_of(each) for each in batch]
        originals = self.connection.originals.filter(upstream_id__in=ids)
        known = {
            each.upstream_id: each
            for each in originals.defer("raw", "base", "conflicts", "overrides")
        }
        passed = self.connection.outcomes.filter(
            upstream_id__in=ids, what__in=[What.SKIPPED, What.FAILED]
        )
        told = {(id_, *said) for id_, said in passed.values_list("upstream_id", "said")}
        deeds = (self._deed(each, known.get(_id_of(each)), told) for each in batch)
        return [deed for deed in deeds if deed]

    def _deed(
        self, came: Came, original: Original | None, told: set[tuple[str, ...]]
    ) -> _Deed | None:
        match came:
            case Unreadable(id=id_, sentence=sentence, title=title):
                return self._telling(id_, title, What.FAILED, sentence, told)
            case TakenBack():
                if original is None or original.gone_at or not original.story_id:
                    return None
                return self._taking_down(original, came)
            case Found(about=about):
                if original and _is_known(original, came):
                    return None
                sentence = self._why_not(came, original)
                if sentence:
                    what = What.SKIPPED
                    return self._telling(about.id, about.title, what, sentence, told)
                return self._taking(came)

    def _why_not(self, found: Found, original: Original | None) -> str:
        """Return why it is passed over; what must not be shown any more never is."""
        if original is None or (not original.story_id and not original.gone_at):
            return why_passed_over(found.about, self.connection)
        if found.about.restricted:
            return ""
        if not (what := why_no_story(found.about)):
            return ""
        return _("It was a story; our copy stays as it is.") + f" {what}"

    def _telling(
        self,
        id_: str,
        title: str,
        what: What,
        sentence: str,
        told: set[tuple[str, ...]],
    ) -> _Deed | None:
        if (id_, sentence) in told:
            return None

        def tell() -> Outcome:
            return write_down_of(
                self.connection,
                id_,
                what,
                title=title,
                said=[sentence],
                now=self.now,
                poll=self._poll,
            )

        return _Deed(id_, title, tell)

    def _taking(self, found: Found) -> _Deed:
        def take() -> Outcome | None:
            arrived = found.whole()
            return take_over(self.connection, arrived, now=self.now, poll=self._poll)

        return _Deed(found.about.id, found.about.title, take, is_taken=True)

    def _taking_down(self, original: Original, gone: TakenBack) -> _Deed:
        def down() -> Outcome | None:
            because = gone.because
            return take_down(original, because=because, now=self.now, poll=self._poll)

        return _Deed(original.upstream_id, original.title, down)

    def _do(self, deed: _Deed) -> None:
        try:
            deed.do()
        except (OperationalError, InterfaceError):
            raise  # the database is away, for all of them
        except Exception:  # the supervisor: the others go on
            log.exception("story_not_carried", upstream=deed.id)
            words = _(
                "Something is wrong with this story or with our program, which has told "
                "its engineers in the log. It is tried again when the story changes."
            )
            failed = self._telling(deed.id, deed.title, What.FAILED, words, set())
            if failed:
                failed.do()
        self._done += 1
        self.has_moved_on = True
        if self._done % _SAVED_EVERY == 0:
            self._save_progress()

    def _expect(self, count: int) -> None:
        self._found += count
        self._poll = self._poll or self._begin()
        self._save_progress()

    def _begin(self) -> Poll:
        return Poll.objects.create(connection=self.connection, started_at=self.now)

    def _save_progress(self) -> None:
        if self._poll:
            poll = Poll.objects.filter(pk=self._poll.pk)
            poll.update(found=self._found, done=self._done)

    def _is_told(self, trouble: str) -> bool:
        since = self.now - _TOLD_AGAIN
        polls = self.connection.polls.filter(trouble=trouble, started_at__gt=since)
        return bool(polls.exists())

    def _lasted(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self._begun)


def _id_of(came: Came) -> str:
    return came.about.id if isinstance(came, Found) else came.id


def _is_known(original: Original, found: Found) -> bool:
    """Whether there is nothing to do about *found*."""
    is_same = original.fingerprint == found.fingerprint
    if original.gone_at is None:
        return is_same
    # A feed may go on with an entry whose page is gone.
    is_feed = original.connection.upstream == Upstream.FEED
    is_back = not found.about.restricted and not (is_same and is_feed)
    return not (is_back and original.story_id)
