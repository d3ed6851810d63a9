"""Lets the site's search find what was there before it learned to look for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.management import call_command


def is_indexed(stamp: Path) -> bool:
    """Return whether everything was indexed, by the models and fields of today."""
    return stamp.is_file() and stamp.read_text() == _fingerprint()


def index_everything(stamp: Path) -> None:
    """Index all that search may find; what changes later is indexed by itself."""
    call_command("update_index", verbosity=0)
    stamp.write_text(_fingerprint())


def _fingerprint() -> str:
    """Return what changes whenever other models are searched, or other fields of them."""
    from wagtail.search.index import get_indexed_models

    facts = sorted(
        f"{model._meta.label} {type(field).__name__} {field.field_name}"
        for model in get_indexed_models()
        for field in model.get_search_fields()
    )
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
