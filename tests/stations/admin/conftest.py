from __future__ import annotations

import pytest


@pytest.fixture
def engineer(client, ines):
    client.force_login(ines)
    return client


@pytest.fixture
def post(engineer, django_capture_on_commit_callbacks):
    """Post as the engineer, and do what follows a commit."""

    def post(url, form=None, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return engineer.post(url, form, **more)

    return post
