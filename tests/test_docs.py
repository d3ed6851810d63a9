"""The documentation, held against the code: nothing is missing, nothing is made up."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import get_args

import msgspec
import pytest
import typer
from django.apps import apps

from groundwave.audio.decoder import heard
from groundwave.audio.job import NotAudio
from groundwave.patchbay import messages
from groundwave.patchbay.environment import Environment
from groundwave.project.bench.cli import bench
from groundwave.project.validating.cli import syndication
from groundwave.stations.address import Socket
from groundwave.stations.encoders import encoder_helps
from groundwave.stations.models.incident import IncidentKind
from groundwave.transmitter import advice
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.metrics import Metrics
from groundwave.transmitter.passage import Passage
from groundwave.wire.icecast import refusals, titles
from groundwave.wire.icecast.refusals import Refusal


ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "groundwave"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
NOT_OURS = {".venv", "var", "node_modules", ".git", ".hypothesis"}

PAGES = sorted(
    page
    for page in ROOT.rglob("*.md")
    if not NOT_OURS & set(page.relative_to(ROOT).parts)
)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def sections(page: Path) -> dict[str, str]:
    """What stands under each heading, up to the next."""
    text = page.read_text()
    headings = [*re.finditer(r"^#+ (.+)$", text, re.MULTILINE)]
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    return {
        heading[1]: text[heading.end() : end]
        for heading, end in zip(headings, ends, strict=True)
    }


def first_cells(text: str) -> list[str]:
    """The codes in the first cell of each row of the tables in *text*."""
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", cell(row))]


def cell(row: str) -> str:
    return row.split("|")[1]


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- settings ---------------------------------------------------------------------


def settings_in_code() -> set[str]:
    names: set[str] = set()
    for module in SOURCE.rglob("*.py"):
        strings = (
            node.value
            for node in ast.walk(ast.parse(module.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        names |= {text for text in strings if re.fullmatch(r"GROUNDWAVE_[A-Z_]+", text)}
    return names


def test_every_setting_is_in_the_reference():
    settings = sections(REFERENCE / "settings.md")
    told = first_cells(settings["Everywhere"]) + first_cells(settings["The site only"])
    assert set(told) == settings_in_code()


def test_no_page_speaks_of_a_setting_that_does_not_exist():
    spoken_of = {
        name
        for page in PAGES
        for name in re.findall(r"GROUNDWAVE_[A-Z_]+", page.read_text())
    }
    assert spoken_of <= settings_in_code()


# --- commands ---------------------------------------------------------------------


def typer_programs() -> Iterator[typer.Typer]:
    """Whatever the command line's modules make of typer."""
    package = pytest.importorskip("groundwave.project.cli")
    found = pkgutil.iter_modules(getattr(package, "__path__", ()))
    modules = [import_module(f"{package.__name__}.{each.name}") for each in found]
    for module in (package, *modules):
        yield from (
            each for each in vars(module).values() if isinstance(each, typer.Typer)
        )


def commands_of(program: typer.Typer, prefix: str) -> dict[str, set[str]]:
    """Each command's options by its whole name; --help goes without saying."""
    group = typer.main.get_command(program)
    return {
        f"{prefix} {name}": {
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
            if option.startswith("--") and option != "--help"
        }
        for name, command in getattr(group, "commands", {}).items()
        if not command.hidden
    }


def commands_in_code() -> dict[str, set[str]]:
    programs = [commands_of(program, "groundwave") for program in typer_programs()]
    whole = next(program for program in programs if "groundwave up" in program)
    # What follows "bench" and "syndication" is theirs to understand.
    whole.pop("groundwave bench", None)
    whole.pop("groundwave syndication", None)
    return (
        whole
        | commands_of(bench, "groundwave bench")
        | commands_of(syndication, "groundwave syndication")
    )


def commands_in_reference() -> dict[str, set[str]]:
    found = sections(REFERENCE / "commands.md").items()
    return {
        name: {option for option in first_cells(text) if option.startswith("--")}
        for name, text in found
        if name.startswith("groundwave ")
    }


def test_every_command_and_option_is_in_the_reference():
    assert commands_in_reference() == commands_in_code()


def test_no_page_speaks_of_a_command_that_does_not_exist():
    words = {tuple(name.split()) for name in commands_in_code()}
    known = {name[1] for name in words} | {"bench"}
    for page in PAGES:
        spoken_of = re.findall(
            r"`(?:\.venv/bin/)?groundwave ([a-z-]+)", page.read_text()
        )
        assert set(spoken_of) <= known, named(page)


def test_every_target_of_make_is_in_the_reference():
    rule = re.compile(r"^([a-z]+):.*##", re.MULTILINE)
    targets = {f"make {name}" for name in rule.findall((ROOT / "Makefile").read_text())}
    assert set(first_cells(sections(REFERENCE / "commands.md")["make"])) == targets


# --- messages ---------------------------------------------------------------------


def structs_in_code() -> dict[str, type[msgspec.Struct]]:
    return {
        name: each
        for name, each in vars(messages).items()
        if inspect.isclass(each)
        and issubclass(each, messages.Value)
        and each is not messages.Value
    }


def test_every_message_is_in_the_reference_with_all_its_fields():
    told = sections(REFERENCE / "messages.md")
    for name, struct in structs_in_code().items():
        assert name in told, f"{name} is missing"
        fields = [field.name for field in msgspec.structs.fields(struct)]
        assert first_cells(told[name]) == fields, name


def test_the_reference_speaks_of_no_message_that_does_not_exist():
    headings = re.findall(r"^### (.+)$", (REFERENCE / "messages.md").read_text(), re.M)
    assert set(headings) == set(structs_in_code())


@pytest.mark.parametrize(
    ("heading", "union"),
    [
        ("From the site", messages.FromSite),
        ("From the transmitter", messages.FromTransmitter),
    ],
)
def test_a_message_stands_under_the_half_that_says_it(heading, union):
    text = (REFERENCE / "messages.md").read_text()
    under = re.split(r"^## ", text, flags=re.MULTILINE)
    half = next(part for part in under if part.startswith(heading))
    said = {each.__name__ for each in get_args(union)}
    assert set(re.findall(r"^### (.+)$", half, re.MULTILINE)) == said


def test_the_version_of_the_messages_is_the_one_in_the_reference():
    text = (REFERENCE / "messages.md").read_text()
    assert f"The version, {messages.VERSION} at present" in text


# --- metrics ----------------------------------------------------------------------


async def test_every_metric_is_in_the_reference(tmp_path):
    house = Transmitter(Environment(tmp_path, "127.0.0.1", site_port=1, air_port=2))
    counted = {
        f"{each.name}_total" if each.type == "counter" else each.name
        for each in Metrics(house).collect()
    }
    told = first_cells((REFERENCE / "metrics.md").read_text())
    assert {name for name in told if name.startswith("groundwave_")} == counted


# --- paths and refusals -----------------------------------------------------------


def paths_asked_for(module: str) -> set[str]:
    """The paths that a module of the transmitter compares a request's with."""
    tree = ast.parse((SOURCE / "transmitter" / module).read_text())
    strings = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in strings if re.fullmatch(r"/[a-z0-9./-]*", text)} - {
        "/admin/"
    }


def test_every_path_of_the_air_port_is_in_the_reference():
    text = (REFERENCE / "ports-and-paths.md").read_text()
    asked_for = paths_asked_for("questions.py") | paths_asked_for("router.py")
    for path in asked_for | titles._PATHS:
        assert re.search(rf"[ `]{re.escape(path)}[`? ]", text), path


def test_every_playlist_of_the_tape_is_in_the_reference():
    text = (REFERENCE / "ports-and-paths.md").read_text()
    tree = ast.parse((SOURCE / "transmitter" / "tape" / "deck.py").read_text())
    patterns = [node for node in ast.walk(tree) if isinstance(node, ast.MatchValue)]
    names = {
        pattern.value.value
        for pattern in patterns
        if isinstance(pattern.value, ast.Constant)
    }
    assert {"live.m3u8", "tape.m3u8"} <= names
    for name in names:
        assert re.search(rf"[/.]{re.escape(name)}\b", text), name


def all_refusals() -> list[Refusal]:
    """Every refusal there is, of a source that came to the station's mount."""
    given = {"mount": "/kgnd", "content_type": "audio/mpeg", "sentence": ""}
    given_to = {"unsupported_type": {"content_type": "image/png"}}
    made = []
    for name, refuse in inspect.getmembers(refusals, inspect.isfunction):
        takes = inspect.signature(refuse).parameters
        if inspect.signature(refuse).return_annotation != "Refusal":
            continue
        facts = given | given_to.get(name, {})
        needed = [key for key, one in takes.items() if one.default is one.empty]
        made.append(refuse(*(facts[key] for key in needed)))
    return made


def refused_in_practice() -> list[Refusal]:
    """Those that an encoder can be shown; what was let in already is shown none."""
    used = "".join(module.read_text() for module in SOURCE.glob("transmitter/*.py"))
    return [
        each
        for each in all_refusals()
        if f"refusals.{each.outcome}(" in used and each.outcome != "not_audio"
    ]


def test_every_refusal_is_explained_in_its_own_words():
    text = one_line((DOCS / "howto" / "on-air.md").read_text())
    told = [each for each in refused_in_practice() if each.sentence]
    assert len(told) > 4
    for refusal in told:
        words = f"| {refusal.status} | {refusal.reason} | {refusal.sentence} |"
        assert words in text, refusal.outcome


def test_every_refusal_has_its_status_in_the_reference():
    text = (REFERENCE / "ports-and-paths.md").read_text()
    for refusal in refused_in_practice():
        row = rf"^\| {refusal.status} \| {refusal.reason}.*\| `{refusal.outcome}` \|$"
        assert re.search(row, text, re.MULTILINE), refusal.outcome


WINDOWS_MEDIA = bytes.fromhex("3026b2758e66cf11") + bytes(16)


def test_what_cuts_an_encoder_off_is_explained_in_its_own_words():
    text = one_line((DOCS / "howto" / "on-air.md").read_text())
    passage = Passage([])
    passage.receive(b"\x89PNG\r\n\x1a\n")
    (undecodable,) = heard(BytesIO(WINDOWS_MEDIA), "audio/mpeg")
    assert isinstance(undecodable, NotAudio)
    for sentence in (passage.verdict, undecodable.sentence):
        assert f"| none | cut off | {sentence} |" in text


def test_advice_is_explained_in_its_own_words():
    text = one_line((DOCS / "howto" / "on-air.md").read_text())
    assert advice.on_silence(15).sentence in text
    lie = advice.on_bitrate(192, 128)
    assert lie is not None
    assert lie.sentence in text


def test_what_to_type_into_an_encoder_is_what_the_admin_says():
    helps = encoder_helps("kgnd", "KGND 89.3", "KEY", Socket("127.0.0.1", 8000))
    for page in (ROOT / "README.md", DOCS / "howto" / "on-air.md"):
        text = page.read_text()
        for each in helps:
            assert each.name in text
            assert each.text in text, f"{each.name} in {named(page)}"
            for label, value in each.fields:
                if value not in ("KEY", "MP3, 128 kbps"):
                    assert f"`{value}`" in text or value in text, (each.name, label)


# --- words ------------------------------------------------------------------------

ENTRY = re.compile(r"^- \*\*(.+?)\*\*( \(.+?\))?: (.+)$", re.MULTILINE)
GLOSSARY = (DOCS / "glossary.md").read_text()

# Ordinary words, used for what everybody uses them for.
ORDINARY = {
    "advice", "announcements", "clock", "daemon", "errors", "keys", "logs", "metrics",
    "names", "reply", "statistics", "supervision", "playlists", "copies",
}  # fmt: skip
# A module may be named for what it is in the programme's grammar.
SPOKEN = {
    "chain": "source chain", "desks": "desk", "events": "event", "fanout": "fan-out",
    "ledger_journal": "journal", "program": "program output", "questions": "question",
    "relays": "relay", "sessions": "session", "stamped": "stamped frame",
    "titles": "title", "window": "live window", "take": "take",
    "relay_hls": "relay", "relay_http": "relay", "relay_patience": "relay",
    "sign_on": "sign-on", "relay_pace": "relay", "relay_target": "relay", "encodings": "encoding",
}  # fmt: skip


def entries() -> list[str]:
    return [name + (more or "") for name, more, _ in ENTRY.findall(GLOSSARY)]


def modules_of(folder: str) -> set[str]:
    files = (SOURCE / folder).glob("*.py")
    return {file.stem for file in files if not file.stem.startswith("_")}


def test_no_word_has_two_entries():
    assert sorted(set(entries())) == sorted(entries())


def test_every_line_of_the_glossary_is_an_entry():
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("- ")]
    assert len(lines) == len(entries())


@pytest.mark.parametrize("folder", ["transmitter", "transmitter/tape"])
def test_the_transmitters_modules_are_named_with_words_of_the_glossary(folder):
    words = {SPOKEN.get(name, name) for name in modules_of(folder) - ORDINARY}
    assert words <= set(entries())


def test_what_the_site_keeps_is_named_with_words_of_the_glossary():
    ours = (app for app in apps.get_app_configs() if app.name.startswith("groundwave."))
    for model in (model for app in ours for model in app.get_models()):
        last_word = re.findall("[A-Z][a-z]+", model.__name__)[-1].lower()
        whole = str(model._meta.verbose_name)
        assert {whole, last_word} & set(entries()), model.__name__


def test_roles_outcomes_and_incidents_are_words_of_the_glossary():
    words = set(entries())
    assert {role.value for role in messages.Role} <= words
    assert {refusal.outcome for refusal in all_refusals()} | {"accepted"} <= words
    incident = next(
        text for name, _, text in ENTRY.findall(GLOSSARY) if name == "incident"
    )
    for kind in IncidentKind:
        assert str(kind.label).lower() in incident


def test_what_the_glossary_refers_to_is_in_the_glossary():
    known = {entry.lower() for entry in entries()}
    known |= {f"{entry}s" for entry in known} | {"silence level", "listening session"}
    for name, _, text in ENTRY.findall(GLOSSARY):
        for word in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text):
            assert word.lower() in known, f"{word} under {name}"


# --- links ------------------------------------------------------------------------

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def links_of(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_modules_that_a_page_names_are_there(page: Path):
    for name in re.findall(r"`((?:[a-z_]+/)*[a-z_-]+\.(?:py|js))`", page.read_text()):
        found = [*ROOT.glob(name), *SOURCE.glob(name), *SOURCE.rglob(f"*/{name}")]
        assert found, name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path):
    for link in links_of(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_of_the_docs_can_be_reached_from_the_readme():
    reached, ahead = set[Path](), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        for link in links_of(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            ahead += target.glob("*.md") if target.is_dir() else [target]
    assert {page for page in PAGES if DOCS in page.parents} <= reached


def test_decisions_are_numbered_without_a_hole():
    files = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))
    for number, file in zip(numbers, files, strict=True):
        text = file.read_text()
        assert text.startswith(f"# {number}. ")
        wanted = ["## Context", "## Decision", "## Consequences"]
        assert re.findall(r"^## .+$", text, re.MULTILINE) == wanted, file.name
