"""
What can go wrong with sound, and whose fault it is.

* ``AudioError``

  * ``EncodingUnusable``: no encoder makes what was asked for; change the setting.
  * ``ConformFailed``: a sound file could not be made ready for a mount.
  * ``Unmeasurable``: no sound could be made out in a file.
  * ``NotSound``: these bytes do not decode; stays inside the child.
  * ``ChildGarbled``: a child answered nonsense; stays inside the parent.
"""

from __future__ import annotations


class AudioError(Exception):
    """Something about sound went wrong."""


class EncodingUnusable(AudioError, ValueError):
    """An encoding asks for what its codec cannot make; the message says what can be."""


class ConformFailed(AudioError):
    """
    A sound file could not be conformed; the message is a sentence.

    Attributes:
        permanent: the file holds no sound, and trying again will not help.
    """

    def __init__(self, sentence: str, *, permanent: bool) -> None:
        super().__init__(sentence)
        self.permanent = permanent


class Unmeasurable(AudioError):
    """No sound could be made out in a file; the message ends a sentence."""


class NotSound(AudioError):
    """Bytes cannot be decoded; the message ends a sentence: "it is a web page"."""


class ChildGarbled(AudioError):
    """A message on a pipe is not one of ours."""
