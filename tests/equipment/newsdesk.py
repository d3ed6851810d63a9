"""An editor at the newsroom's desk: the admin in a browser of their own."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, expect


# A small machine that does something else beside it takes its time over the admin.
SLOW_MS = 20_000
# Where the form of a page is sent that is there already, be it as a draft.
KEPT = re.compile(r"/pages/\d+/edit/$")
# The editor of a text hands over what was typed a moment later.
IS_HANDED_OVER = """
    (words) => [...document.querySelectorAll("input[name^=body]")].some(
        (input) => input.value.includes(words)
    )
"""


class Newsdesk:
    """What an editor does there with mouse and keyboard, and what they are told."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._url = url
        self.page = context.new_page()
        self.page.set_default_timeout(SLOW_MS)

    def sign_in(self, email: str, password: str) -> None:
        self.open("/admin/login/")
        self.fill("username", email)
        self.fill("password", password)
        self.press("Sign in")
        expect(self.page).to_have_url(f"{self._url}/admin/", timeout=SLOW_MS)

    def open(self, path: str) -> None:
        self.page.goto(self._url + path)

    def field(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']")

    def fill(self, name: str, words: str) -> None:
        self.field(name).fill(words)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).last.click()

    def choose(self, button: str, name: str) -> None:
        """Press the button, and choose the person, the photo, the event of that name."""
        self.press(button)
        self.dialog.get_by_role("link", name=name).click()
        expect(self.dialog).to_have_count(0, timeout=SLOW_MS)

    def add_block(self, name: str) -> None:
        """Put one more at the end of the body."""
        self.press("Insert a block")
        self.page.get_by_role("option", name=name, exact=True).click()

    def type_figure(self, words: str) -> None:
        """Choose a figure where the text is being written, at its beginning."""
        self.page.keyboard.type("/Figure")
        self.page.get_by_role("option", name="Figure, with who says so").click()
        self.dialog.get_by_role("button", name=words, exact=True).click()
        expect(self.dialog).to_have_count(0, timeout=SLOW_MS)
        expect(self.text).to_contain_text(words[1:], timeout=SLOW_MS)

    def has_typed(self, words: str) -> None:
        """Wait until the text would be sent with *words* in it."""
        self.page.wait_for_function(IS_HANDED_OVER, arg=words, timeout=SLOW_MS)

    def publish(self) -> None:
        """Once the desk has kept it for the first time: before, it would be kept twice."""
        form = self.page.locator("#page-edit-form")
        expect(form).to_have_attribute("action", KEPT, timeout=SLOW_MS)
        self.press("More actions")
        self.press("Publish")

    def is_told(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words, timeout=SLOW_MS)

    @property
    def text(self) -> Locator:
        """The first text of a body."""
        return self.page.locator(".Draftail-Editor [contenteditable=true]").first

    @property
    def dialog(self) -> Locator:
        return self.page.locator(".modal")
