"""Static files whose names change with their contents, and may be kept forever."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from groundwave.delivery.scripts import OURS, lean


# A script that another one may fetch later (`player/fetched.js`).
_FETCHED_LATER = (
    r"""(?P<matched>new URL\("(?P<url>\./[^"]+\.js)", import\.meta\.url\))""",
    """new URL("%(url)s", import.meta.url)""",
)
# A browser shows nothing before it has every sheet, and learns of those that another
# one imports one step later.
_SHEETS = re.compile(r"groundwave/[^/]+\.css\Z")
_IMPORTED = re.compile(rb'@import url\("([^"/]+)"\);\n')


class StaticStorage(CompressedManifestStaticFilesStorage):
    # The player's modules import each other; their imports are renamed with them.
    support_js_module_import_aggregation = True
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", (_FETCHED_LATER,)),
    )
    # In the worst order, and a file system lists files in any, a pass resolves one step
    # of who imports whom; the player's steps are eight, and Django's own limit five.
    max_post_process_passes = 16

    def create_compressor(self, **how: Any) -> Compressor:
        # Brotli at its best takes a small machine a quarter of a minute at its first
        # start, mostly for scripts of the admin.
        return Compressor(use_brotli=False, **how)

    def _save(self, name: str, content: File[bytes]) -> str:
        if OURS.match(name) or _SHEETS.match(name):
            content.seek(0)  # it was read to its end for its digest
            content = ContentFile(self._as_served(name, content.read()))
        saved: str = super()._save(name, content)
        return saved

    def _as_served(self, name: str, content: bytes) -> bytes:
        content = lean(content)
        return self._in_one(name, content) if _SHEETS.match(name) else content

    def _in_one(self, name: str, sheet: bytes) -> bytes:
        """Return *sheet* with the sheets in it that it imports, as far as they are there."""

        def imported(match: re.Match[bytes]) -> bytes:
            other = str(PurePosixPath(name).with_name(match[1].decode()))
            if not self.exists(other):
                return match[0]  # a later pass has it
            with self.open(other) as file:
                content: bytes = file.read()
            return content

        return _IMPORTED.sub(imported, sheet)
