from __future__ import annotations

from groundwave.newsroom.models.banner import Banner
from groundwave.newsroom.models.byline import Byline, Role
from groundwave.newsroom.models.event import Event, Metric, Stage
from groundwave.newsroom.models.figure import Figure, FigureStatus
from groundwave.newsroom.models.kill import StoryKill
from groundwave.newsroom.models.link_check import LinkCheck
from groundwave.newsroom.models.source import NewsSource, SourceKind
from groundwave.newsroom.models.statement import Channel, Statement
from groundwave.newsroom.models.story import Story
from groundwave.newsroom.models.style_term import StyleTerm
from groundwave.newsroom.models.topic import Topic
from groundwave.newsroom.models.update import ChangeKind, StoryUpdate


__all__ = [
    "Banner",
    "Byline",
    "ChangeKind",
    "Channel",
    "Event",
    "Figure",
    "FigureStatus",
    "LinkCheck",
    "Metric",
    "NewsSource",
    "Role",
    "SourceKind",
    "Stage",
    "Statement",
    "Story",
    "StoryKill",
    "StoryUpdate",
    "StyleTerm",
    "Topic",
]
