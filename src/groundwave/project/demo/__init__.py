"""
The demo studio: a made-up radio programme and the encoder that sends it.

``composing`` writes the music down, ``instruments`` and ``mixing`` make it sound,
``programme`` puts pieces and station breaks in order, ``studio`` is an encoder like
any other. Every sound is made here; nothing is sampled from anybody's recording.
"""

from __future__ import annotations
