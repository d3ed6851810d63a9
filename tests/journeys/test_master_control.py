"""Master control in a browser, on a transmitter that is really on the air."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from equipment.browsers import visitor
from equipment.encoders import FallingSilentEncoder, FfmpegEncoder
from equipment.sites import Site
from equipment.transmitters import Transmitter
from groundwave.patchbay.messages import Role
from groundwave.stations.models import SourceIncident


pytestmark = [pytest.mark.journey, pytest.mark.django_db]

AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
# What is ours; the rest of the page is Wagtail's.
VIOLATIONS = """
    async (include) => {
        const { violations } = await axe.run({ include: [include] });
        return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    }
"""
# An encoder connects, and its sound is decoded and measured.
SOON = 15_000


class SwellingEncoder(FfmpegEncoder):
    """Quiet for five seconds, loud for five, and so on."""

    volume = "volume='if(lt(mod(t,10),5),0.1,2)':eval=frame"


@pytest.fixture
def server(use) -> Site:
    return use(Site())


@pytest.fixture
def board(transmitter: Transmitter, kgnd, client, ines, server) -> Iterator[Page]:
    """The Air page of an engineer, open."""
    client.force_login(ines)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    with visitor(viewport={"width": 1400, "height": 1000}) as context:
        context.add_cookies([{**session, "url": server.url}])
        page = context.new_page()
        failed: list[str] = []
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{server.url}/admin/air/")
        yield page
    assert failed == []


def lamp(page: Page) -> Locator:
    return page.locator(".gw-lamp")


def row(page: Page, role: Role) -> Locator:
    return page.locator(f"[data-source={role.value}]")


def expect_lamp(page: Page, color: str, said: str) -> None:
    expect(lamp(page)).to_contain_text(said, timeout=SOON)
    expect(lamp(page)).to_have_attribute("data-lamp", color)


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press *key* until the focus is where it is wanted."""
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached with {key}.")


def test_the_meter_moves_with_the_sound(board: Page, transmitter, use):
    expect_lamp(board, "standby", "Standby")
    use(SwellingEncoder(transmitter))

    expect_lamp(board, "live", "On air: Main")
    meter = row(board, Role.MAIN).get_by_role("meter", name="Level of Main")
    for bounds in ("now < -35 && now > -60", "now > -25", "now < -35"):
        board.wait_for_function(
            f"(meter) => {{ const now = Number(meter.ariaValueNow); return {bounds}; }}",
            arg=meter.element_handle(),
            timeout=SOON,
        )
    expect(row(board, Role.MAIN)).to_contain_text("dBFS, peak")
    expect(row(board, Role.MAIN)).to_contain_text("MP3 128 kbit/s")


def test_silence_shows_and_counts_and_turns_the_lamp(board: Page, transmitter, use):
    use(FallingSilentEncoder(transmitter))
    expect_lamp(board, "live", "On air: Main")

    expect(lamp(board)).to_contain_text(
        re.compile(r"Silent for 0:0[1-3]"), timeout=SOON
    )
    expect(lamp(board)).to_have_attribute("data-lamp", "alarm")
    expect(row(board, Role.MAIN)).to_contain_text(re.compile(r"Silent for 0:0[2-4]"))
    # Then the chain has had enough of it.
    expect_lamp(board, "standby", "Standby")
    still = re.compile(r"Silent for 0:(0[6-9]|1\d)")
    expect(row(board, Role.MAIN)).to_contain_text(still, timeout=SOON)


def test_cutting_an_encoder_turns_the_lamp(board: Page, transmitter, use):
    main = use(FfmpegEncoder(transmitter, Role.MAIN))
    backup = use(FfmpegEncoder(transmitter, Role.BACKUP, tone=880))
    expect_lamp(board, "live", "On air: Main")
    expect(row(board, Role.BACKUP)).to_contain_text("Ready", timeout=SOON)

    main.cut()
    expect_lamp(board, "live", "On air: Backup")
    expect(row(board, Role.MAIN)).to_contain_text("Not connected")
    backup.cut()
    expect_lamp(board, "standby", "Standby")
    transmitter.kill()
    expect_lamp(board, "unknown", "Not known")
    away = board.get_by_role("alert")
    expect(away).to_contain_text("The transmitter has not answered since")
    transmitter.start()
    expect_lamp(board, "standby", "Standby")
    expect(away).to_be_hidden()


def test_with_the_keyboard_alone_the_air_is_switched_and_given_back(
    board: Page, transmitter, use
):
    use(FfmpegEncoder(transmitter, Role.MAIN))
    use(FfmpegEncoder(transmitter, Role.BACKUP, tone=880))
    expect_lamp(board, "live", "On air: Main")
    expect(row(board, Role.BACKUP)).to_contain_text("Ready", timeout=SOON)
    said = board.locator("[data-said]")

    press_until(board, "Tab", board.get_by_role("link", name="Put on air: Backup"))
    board.keyboard.press("Enter")
    dialog = board.get_by_role("dialog", name="Switch the air")
    expect(dialog).to_contain_text("keep it there, whatever else connects?")
    board.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(board.get_by_role("link", name="Put on air: Backup")).to_be_focused()
    expect_lamp(board, "live", "On air: Main")

    board.keyboard.press("Enter")
    press_until(board, "Tab", dialog.get_by_role("button", name="Yes, put it on air"))
    board.keyboard.press("Enter")
    expect(said).to_contain_text("KGND stays on Backup until you give the air back.")
    expect_lamp(board, "live", "On air: Backup")

    back = board.get_by_role("link", name="Give the air back: KGND")
    press_until(board, "Tab", back)
    board.keyboard.press("Enter")
    press_until(board, "Tab", board.get_by_role("button", name="Yes, give it back"))
    board.keyboard.press("Enter")
    expect(said).to_contain_text("KGND follows its source chain again.")
    expect_lamp(board, "live", "On air: Main")
    expect(back).to_be_hidden()


def test_a_source_is_kicked_and_that_is_seen_at_once(board: Page, transmitter, use):
    use(FfmpegEncoder(transmitter, Role.MAIN))
    expect_lamp(board, "live", "On air: Main")

    board.get_by_role("link", name="Kick: Main").click()
    board.get_by_role("button", name="Yes, kick it").click()

    expect(board.locator("[data-said]")).to_contain_text(
        "The Main source of KGND was sent away."
    )
    expect_lamp(board, "standby", "Standby")
    expect(row(board, Role.MAIN)).to_contain_text("Not connected")


def test_a_page_that_has_lost_the_site_says_so_and_shows_no_stale_green(
    board: Page, transmitter, use
):
    use(FfmpegEncoder(transmitter))
    expect_lamp(board, "live", "On air: Main")

    board.context.set_offline(True)
    expect_lamp(board, "unknown", "Not known")
    lost = board.get_by_role("alert")
    expect(lost).to_contain_text("This page has not heard from the site since")
    expect(row(board, Role.MAIN).get_by_role("meter")).to_have_attribute(
        "aria-valuenow", "-60"
    )
    board.context.set_offline(False)

    expect_lamp(board, "live", "On air: Main")
    expect(lost).to_be_hidden()


def test_what_happens_is_added_to_the_open_page(board: Page, server, transmitter):
    def happen() -> None:
        SourceIncident.objects.note(
            at=now,
            station="kgnd",
            kind="trouble",
            sentence="<script>A hum.</script>",
        )

    now = timezone.now()
    server.ask(happen)

    expect(board.locator(".gw-incident")).to_contain_text("<script>A hum.</script>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_on_the_board(
    board: Page, transmitter, use, scheme: str, width: int
):
    use(FfmpegEncoder(transmitter))
    expect_lamp(board, "live", "On air: Main")
    board.set_viewport_size({"width": width, "height": 900})
    board.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    board.reload()
    board.add_script_tag(path=AXE)

    assert board.evaluate(VIOLATIONS, "[data-air]") == []
    if width == 390:
        overflow = "() => document.documentElement.scrollWidth > innerWidth"
        assert not board.evaluate(overflow)
    board.get_by_role("link", name="Kick: Main").click()
    expect(board.get_by_role("dialog")).to_be_visible()
    assert board.evaluate(VIOLATIONS, "[data-dialog]") == []


def test_axe_finds_nothing_in_what_happened(board: Page, server):
    now = timezone.now()
    server.ask(
        lambda: [
            SourceIncident.objects.note(
                at=now, station="kgnd", kind=kind, role="main", sentence="It happened."
            )
            for kind in ("on_air", "connected", "refused", "trouble", "disconnected")
        ]
    )
    board.goto(board.url + "past/")
    board.add_script_tag(path=AXE)

    assert board.evaluate(VIOLATIONS, "#main") == []
