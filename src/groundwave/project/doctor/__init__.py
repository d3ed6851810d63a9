"""
``groundwave doctor``: what works, what does not and what to do, in plain words.

``machine`` looks at the computer, ``programs`` at the three processes, ``air`` at what
is heard and ``attempts`` at why encoders could not connect. Each gives ``Finding``s;
``visit`` makes the round and works with whatever half of Groundwave is down.
"""

from __future__ import annotations

from groundwave.project.doctor.visit import run_doctor


__all__ = ["run_doctor"]
