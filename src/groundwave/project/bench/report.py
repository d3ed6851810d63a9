"""Showing a result to a person, and keeping it for a machine."""

from __future__ import annotations

from pathlib import Path

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from groundwave.project.bench.fanout import FanoutResult, Ratio
from groundwave.project.bench.first_sound import FirstSoundResult, Side
from groundwave.project.bench.importing import ImportResult
from groundwave.project.bench.orders import Heard
from groundwave.project.bench.soak import SoakResult
from groundwave.project.bench.storm import StormResult, Surge
from groundwave.project.bench.story import StoryResult
from groundwave.project.bench.surge import SurgeResult
from groundwave.project.bench.verdict import Line, Result


MEGABYTE = 1_000_000
SAMPLED = {
    "rss": "resident memory, MB",
    "children_rss": "its codecs' memory, MB",
    "fds": "open files",
    "threads": "threads",
    "children": "codec processes",
}


def show_fanout(result: FanoutResult, console: Console) -> None:
    """Print a row a round, the ratios, and the lines."""
    plan = result.plan
    table = _table(
        f"{plan.listeners} listeners, MP3 128 kbit/s, {plan.seconds:g} s a round",
        *("server", "titles", "CPU µs", "codecs", "MB", "codecs", "silent", "lost"),
        "other",
        caption="CPU µs: of the server process, for one listener to hear one second; "
        "of its codecs the same. silent: listeners whose buffer ran dry. "
        "other: what else the machine did, of a core.",
    )
    for one in result.rounds:
        table.add_row(
            one.server,
            "yes" if one.icy else "no",
            f"{one.cpu_us:.1f}",
            f"{one.children_cpu_us:.1f}",
            f"{one.rss / MEGABYTE:.0f}",
            f"{one.children_rss / MEGABYTE:.0f}",
            str(one.heard.ears_with_gaps),
            str(one.heard.lost),
            f"{one.usage.elsewhere:.0%}",
        )
    console.print(table)
    for one in result.rounds:
        _show_losses(one.server, one.heard, console)
    for ratio in result.ratios:
        console.print(_ratio(ratio), highlight=False)
    show_lines(result, console)


def show_storm(result: StormResult, console: Console) -> None:
    """Print a column a server, and the lines."""
    table = _table(
        f"{result.plan.listeners} listeners at once",
        *("", *(surge.server for surge in result.surges)),
        caption="Waits are from each listener's own call to a second of sound; the "
        "last one's from the first call of all. Driver: while they tuned in.",
    )
    columns = [_surge_column(surge) for surge in result.surges]
    for name in columns[0] if columns else ():
        table.add_row(name, *(column[name] for column in columns))
    console.print(table)
    for surge in result.surges:
        _show_losses(surge.server, surge.heard, console)
    show_lines(result, console)


def show_soak(result: SoakResult, console: Console) -> None:
    """Print what was sampled, what the public went through, and the lines."""
    table = _table(
        f"The transmitter over {result.plan.minutes:g} minutes",
        *("", "level", "growth", "per hour"),
        caption="After the warm-up, along the line of least squares.",
    )
    for name, trend in result.trends.items():
        unit = MEGABYTE if name.endswith("rss") else 1
        row = (trend.level, trend.growth, trend.per_hour)
        table.add_row(SAMPLED[name], *(f"{value / unit:.2f}" for value in row))
    console.print(table)
    tally = result.tally
    console.print(
        f"{tally.visits} visits, {tally.sessions} listening sessions reported, "
        f"{tally.refused} turned away, {tally.cut_off} cut off, "
        f"{len(tally.silences)} heard a silence."
    )
    verdict = "flat" if result.met else "NOT flat, or listeners were hurt"
    console.print(f"Verdict: {verdict}.", highlight=False)
    show_lines(result, console)


def show_first_sound(result: FirstSoundResult, console: Console) -> None:
    """Print a column a server, and the lines."""
    shape = result.plan.shape
    table = _table(
        f"First sound on {shape.megabits:g} Mbit/s, {shape.round_trip * 1000:g} ms",
        *("", *(side.server for side in result.sides)),
        caption="From the tap on Play until the sound moves on. JavaScript as it "
        "travels, compressed.",
    )
    columns = [_side_column(side) for side in result.sides]
    for name in columns[0] if columns else ():
        table.add_row(name, *(column[name] for column in columns))
    console.print(table)
    show_lines(result, console)


def show_story(result: StoryResult, console: Console) -> None:
    """Print a row a load, and the lines."""
    plan = result.plan
    table = _table(
        f"{plan.path}, {plan.connections} connections, {plan.seconds:g} s a load",
        *("server", "encoding", "bytes", "answers/s", "99 %, ms", "CPU µs"),
        *("server", "driver", "failed"),
        caption="CPU µs: of the server, for one answer. server, driver: CPU that each "
        "used, of a core; a driver near 100 % is what was measured.",
    )
    for one in result.loads:
        table.add_row(
            one.server,
            one.encoding,
            str(one.bytes),
            f"{one.each_second:.0f}",
            f"{one.p99_ms:.1f}",
            f"{one.server_us:.0f}",
            f"{one.server_share:.0%}",
            f"{one.driver_share:.0%}",
            str(one.failed),
        )
    console.print(table)
    show_lines(result, console)


def show_surge(result: SurgeResult, console: Console) -> None:
    """Print a row an update, what else went on, and the lines."""
    plan, heard, load = result.plan, result.heard, result.load
    table = _table(
        f"{plan.pages} open pages, {plan.listeners} listeners",
        *("update", "published", "median", "99 %", "the last"),
        caption="Seconds from the editor's press: until it was published, and until "
        "pages knew.",
    )
    for one in result.updates:
        waits = (one.waits.p50, one.waits.p99, one.waits.longest)
        table.add_row(str(one.number), _seconds(one.publishing), *map(_seconds, waits))
    console.print(table)
    console.print(
        f"The story meanwhile: {load.each_second:.0f} answers a second of {load.bytes} "
        f"bytes, 99 % within {load.p99_ms:.1f} ms, {load.failed} failed.\n"
        f"The listeners: {heard.heard} heard, {heard.lost} lost, "
        f"{heard.ears_with_gaps} with gaps; the longest silence "
        f"{heard.longest_silence:.2f} s. {result.lost_pages} pages were lost.\n"
        f"CPU, of a core: the whole station {load.server_share:.0%}; the listeners' "
        f"driver {result.listeners_share:.0%}, the pages' {result.pages_share:.0%}, "
        f"wrk {load.driver_share:.0%}.",
        highlight=False,
    )
    show_lines(result, console)


def show_import(result: ImportResult, console: Console) -> None:
    """Print a row a round, and the lines."""
    table = _table(
        f"{result.plan.documents} stories at a time",
        *("archive", "stories", "per s", "round", "index", "queries", "tasks"),
        *("worst", "MB", "disk"),
        caption="per s: stories in a second, indexed. round, index: seconds. worst: of "
        "one story. queries, tasks: of the database and of the worker, for one story. "
        "MB: memory, the most so far. disk: the database, MB.",
    )
    for one in result.rounds:
        table.add_row(
            str(one.archive),
            one.kind,
            f"{one.each_second:.1f}",
            f"{one.seconds:.1f}",
            f"{one.indexing:.1f}",
            f"{one.queries:.1f}",
            f"{one.tasks:.1f}",
            f"{one.slowest:.2f}",
            f"{one.peak_rss / MEGABYTE:.0f}",
            f"{one.bytes / MEGABYTE:.0f}",
        )
    console.print(table)
    show_lines(result, console)


def show_lines(result: Result, console: Console) -> None:
    """Print what could not be measured, and each line with its measurement."""
    for sentence in result.unmeasured:
        console.print(f"[yellow]not measured[/yellow]  {sentence}", highlight=False)
    for line in result.lines:
        console.print(_line(line), highlight=False)


def keep(result: Result, path: Path) -> None:
    """Write *result* to *path* as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = msgspec.to_builtins(result) | {"met": result.met}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(encoded)) + b"\n")


def _surge_column(surge: Surge) -> dict[str, str]:
    heard = surge.heard
    return {
        "heard a second of sound": f"{heard.heard} within {surge.waited:.1f} s",
        "wait, half of them, s": _seconds(heard.second.p50),
        "wait, 99 %, s": _seconds(heard.second.p99),
        "the last one, s": _seconds(heard.all_within),
        "first byte, 99 %, s": _seconds(heard.first_byte.p99),
        "lost": str(heard.lost),
        "buffers run dry": str(heard.ears_with_gaps),
        "CPU, s": f"{surge.usage.server * surge.usage.seconds:.1f}",
        "memory at most, MB": f"{surge.peak_rss / MEGABYTE:.0f}",
        "memory of codecs, MB": f"{surge.children_rss / MEGABYTE:.0f}",
        "listener driver, of a core": f"{surge.driver_share:.0%}",
        "rest of the machine, of a core": f"{surge.usage.elsewhere:.0%}",
    }


def _side_column(side: Side) -> dict[str, str]:
    waits = sorted(each.seconds for each in side.visits if each.seconds is not None)
    return {
        "half of them, s": _seconds(side.median),
        "the quickest, s": _seconds(waits[0] if waits else None),
        "the slowest, s": _seconds(side.worst),
        "heard nothing": str(len(side.visits) - len(waits)),
        "JavaScript before the tap, kB": f"{side.scripts_before / 1000:.1f}",
        "JavaScript after it, kB": f"{side.scripts_after / 1000:.1f}",
    }


def _table(title: str, first: str, *others: str, caption: str) -> Table:
    table = Table(
        title=title,
        caption=caption,
        caption_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _line(line: Line) -> str:
    mark = "[green]met    [/green]" if line.met else "[red]NOT MET[/red]"
    figure = "not measured" if line.measured is None else f"{line.measured:.3g}"
    wanted = f"{line.bound} {line.limit:g} {line.unit}".rstrip()
    return f"{mark}  {line.what}: {figure} (line: {wanted})"


def _ratio(ratio: Ratio) -> str:
    titles = "with titles" if ratio.icy else "without titles"
    if ratio.mean is None:
        return f"Ours / Icecast, CPU per listener {titles}: could not be compared"
    each = ", ".join(f"{one:.2f}" for one in ratio.each)
    return f"Ours / Icecast, CPU per listener {titles}: {ratio.mean:.3f} ({each})"


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.3f}"


def _show_losses(server: str, heard: Heard, console: Console) -> None:
    """Say how listeners were lost, and how long the silences were, if any."""
    counts = [
        *((f"refused ({why})", count) for why, count in heard.refused.items()),
        *((f"dropped ({why})", count) for why, count in heard.dropped.items()),
        ("never heard a second", heard.never),
    ]
    losses = [f"{count} {how}" for how, count in counts if count]
    if heard.gaps:
        losses.append(f"{heard.gaps} silences, up to {heard.longest_silence:.1f} s")
    if losses:
        console.print(f"{server}: {', '.join(losses)}.", highlight=False)
