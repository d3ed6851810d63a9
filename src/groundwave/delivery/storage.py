"""Static files whose names change with their contents, and may be kept forever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # The player's modules import each other; their imports are renamed with them.
    support_js_module_import_aggregation = True
    # A pass resolves one step of who imports whom, and the player's steps are eight.
    max_post_process_passes = 16
