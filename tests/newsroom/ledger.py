"""Who says what of the ferry, laid down without any verb: rows, as a database sees them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from groundwave.newsroom.models import (
    Event,
    Figure,
    FigureStatus,
    Metric,
    NewsSource,
    Statement,
)
from newsroom.figures.said import HOUR, THREE


NOW = THREE + HOUR


class Ledger:
    """A ferry that sank, people who are missing, and a county that counts them."""

    def __init__(self):
        self.event = Event.objects.create(
            title="Ferry sinks off Marrow Bay",
            slug="ferry",
            timezone="America/Denver",
            is_public=True,
        )
        self.missing = Metric.objects.create(event=self.event, label="People missing")
        self.dead = Metric.objects.create(event=self.event, label="People killed")
        self.county = NewsSource.objects.create(name="Tamarack County")
        self.rescue = NewsSource.objects.create(name="Bay Rescue")

    def statement(self, source=None, **facts):
        facts = {"said_at": THREE, "obtained_at": NOW} | facts
        return Statement.objects.create(source=source or self.county, **facts)

    def figure(self, number=32, *, statement=None, **facts):
        number = Decimal(number)
        usual = {
            "metric": self.missing,
            "statement": statement or self.statement(),
            "qualifier": "exact",
            "low": number,
            "high": number,
            "as_of": THREE,
            "added_at": NOW,
        }
        return Figure.objects.create(**(usual | facts))

    def judge(self, figure, status, reason="It was miscounted.", **facts):
        facts = {"at": NOW + timedelta(minutes=1)} | facts
        return FigureStatus.objects.create(
            figure=figure, status=status, reason=reason, **facts
        )
