"""
The only way the site and the transmitter speak: typed messages over a line.

Neither end imports the other. ``messages`` says what can be said, ``line`` what
carries it; ``environment`` says where on this machine the two halves meet.
"""

from __future__ import annotations
