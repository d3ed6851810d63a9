"""The transmitter's numbers, as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from groundwave.transmitter.reply import Reply


if TYPE_CHECKING:
    from groundwave.transmitter.daemon import Transmitter


class Metrics(Collector):
    """Reads the numbers off the running transmitter when they are asked for."""

    def __init__(self, transmitter: Transmitter) -> None:
        self._transmitter = transmitter
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def reply(self) -> Reply:
        """Return all numbers as text."""
        return Reply(200, CONTENT_TYPE_LATEST, generate_latest(self._registry))

    def collect(self) -> Iterator[Metric]:
        """Yield every number; prometheus-client calls it."""
        yield from self._mounts()
        yield from self._sources()
        yield from self._house()

    def _mounts(self) -> Iterator[Metric]:
        names = ("station", "mount")
        listeners = GaugeMetricFamily(
            "groundwave_listeners", "Listeners connected to a mount.", labels=names
        )
        sent = CounterMetricFamily(
            "groundwave_sent_bytes", "Bytes sent to a mount's listeners.", labels=names
        )
        for station in self._transmitter.stations.values():
            for mount in station.mounts.values():
                labels = (station.slug, mount.path)
                listeners.add_metric(labels, mount.fanout.count)
                sent.add_metric(labels, mount.fanout.bytes_sent)
        yield listeners
        yield sent

    def _sources(self) -> Iterator[Metric]:
        names = ("station", "role")
        on_air = GaugeMetricFamily(
            "groundwave_on_air", "1 for the source that is heard.", labels=names
        )
        level = GaugeMetricFamily(
            "groundwave_source_level_dbfs", "A source's RMS level.", labels=names
        )
        tape = GaugeMetricFamily(
            "groundwave_tape_recording",
            "1 while the tape is written, 0 in trouble.",
            labels=["station"],
        )
        for station in self._transmitter.stations.values():
            status = station.status()
            tape.add_metric([station.slug], 0 if status.tape else 1)
            for source in status.sources:
                labels = (station.slug, source.role.value)
                on_air.add_metric(labels, 1 if source.on_air else 0)
                if source.level_dbfs is not None:
                    level.add_metric(labels, source.level_dbfs)
        yield on_air
        yield level
        yield tape

    def _house(self) -> Iterator[Metric]:
        house = self._transmitter
        yield GaugeMetricFamily(
            "groundwave_open_pages", "Pages on the event stream.", house.events.count
        )
        yield CounterMetricFamily(
            "groundwave_connections", "Connections accepted.", house.door.accepted
        )
        yield CounterMetricFamily(
            "groundwave_refused_attempts",
            "Attempts to go on air that were refused.",
            house.intake.attempts.refused,
        )
        yield GaugeMetricFamily(
            "groundwave_sessions_waiting",
            "Listening sessions that the site does not have yet.",
            house.ledger.waiting,
        )
        yield CounterMetricFamily(
            "groundwave_sessions_lost",
            "Listening sessions that found no room.",
            house.ledger.lost,
        )
        yield CounterMetricFamily(
            "groundwave_shed_connections",
            "Connections ended because they only took up room.",
            house.router.lobby.shed,
        )
