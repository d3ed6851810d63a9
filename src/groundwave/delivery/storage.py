"""Static files whose names change with their contents, and may be kept forever."""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from groundwave.delivery.scripts import OURS, without_comments


# A script that another one may fetch later (`player/fetched.js`).
_FETCHED_LATER = (
    r"""(?P<matched>new URL\("(?P<url>\./[^"]+\.js)", import\.meta\.url\))""",
    """new URL("%(url)s", import.meta.url)""",
)


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

    def _save(self, name: str, content: File[bytes]) -> str:
        if OURS.match(name):
            content.seek(0)  # it was read to its end for its digest
            content = ContentFile(without_comments(content.read()))
        saved: str = super()._save(name, content)
        return saved
