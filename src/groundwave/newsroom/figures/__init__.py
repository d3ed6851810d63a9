"""
Figures that disagree, each with who says so, as values: no database, no clock.

Laws: a figure is somebody's, never ours. Figures are never added up, averaged or picked
from; where sources differ, both are told. What was said once is not changed afterwards:
whoever said it says something else, and both are kept.
"""

from __future__ import annotations
