"""axe-core: what would keep people from using a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page


AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
RULES = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]
RUN = """
    async ([within, rules]) => {
        const { violations } = await axe.run(within || document, {
            runOnly: { type: "tag", values: rules },
        });
        return violations.map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
    }
"""


def violations(page: Page, within: str = "") -> list[str]:
    """What is wrong on a page, or within one part of it; a sentence each."""
    if page.evaluate("() => window.axe === undefined"):
        page.evaluate(AXE.read_text())
    return list(page.evaluate(RUN, [within, RULES]))
