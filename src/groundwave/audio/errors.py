"""
What can go wrong with sound, and whose fault it is.

* ``AudioError``

  * ``EncodingUnusable``: no encoder makes what was asked for; change the setting.
  * ``NotSound``: these bytes do not decode; the sender must send something else.
  * ``ChildGarbled``: a child process answered nonsense; end it.
"""

from __future__ import annotations


class AudioError(Exception):
    """Something about sound went wrong; the message is a sentence for a person."""


class EncodingUnusable(AudioError, ValueError):
    """An encoding asks for what its codec cannot make."""


class NotSound(AudioError):
    """Bytes that were said to be sound cannot be decoded."""


class ChildGarbled(AudioError):
    """A message on a pipe is not one of ours."""
