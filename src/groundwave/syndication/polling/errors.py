"""
What can go wrong when an upstream is asked, as facts; the text is a sentence.

* ``SyndicationError``

  * ``UpstreamTrouble``: there is no answer that can be used; it is asked again.
  * ``NoStoryThere``: what somebody pasted leads to no story of this connection.
"""

from __future__ import annotations

from datetime import timedelta

from groundwave.syndication.errors import SyndicationError


class UpstreamTrouble(SyndicationError):
    """
    Upstream gave no answer that can be used, so that nothing is known of any story.

    Attributes:
        wait: for how long it wants to be left alone; None if it does not say.
    """

    def __init__(self, sentence: str, *, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class NoStoryThere(SyndicationError):
    """An address or an id leads to no story that this connection could bring."""
