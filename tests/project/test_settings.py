from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest


SHOWN = (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "SECRET_KEY",
    "SESSION_COOKIE_SECURE",
    "WAGTAILADMIN_BASE_URL",
)
PROGRAM = (
    "import json; from django.conf import settings as s; "
    f"print(json.dumps({{name: getattr(s, name) for name in {SHOWN!r}}}))"
)


@pytest.fixture
def start(tmp_path):
    """Read the settings in a process of their own, as every command does."""

    def start(**variables):
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GROUNDWAVE_")},
            "DJANGO_SETTINGS_MODULE": "groundwave.project.settings",
            "GROUNDWAVE_DATA": str(tmp_path / "var"),
            **variables,
        }
        return subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


def test_the_secret_is_made_once_and_is_ours_alone(start, tmp_path):
    first = json.loads(start().stdout)
    second = json.loads(start().stdout)

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) > 60
    secret = tmp_path / "var" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert [each.name for each in secret.parent.iterdir()] == ["secret"]


def test_alone_on_this_machine_it_answers_to_this_machine_only(start):
    said = json.loads(start().stdout)

    assert said["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert said["DEBUG"] is False
    assert said["SESSION_COOKIE_SECURE"] is False


def test_on_a_network_it_answers_to_its_own_names_too(start):
    said = json.loads(start(GROUNDWAVE_BIND="192.168.1.20").stdout)

    assert "192.168.1.20" in said["ALLOWED_HOSTS"]
    assert any(host.endswith(".local") for host in said["ALLOWED_HOSTS"])
    assert "*" not in said["ALLOWED_HOSTS"]


def test_a_public_address_brings_its_host_its_origin_and_secure_cookies(start):
    said = json.loads(
        start(
            GROUNDWAVE_SITE_URL="https://kgnd.example/",
            GROUNDWAVE_HOSTS="www.kgnd.example, radio.kgnd.example",
        ).stdout
    )

    assert said["ALLOWED_HOSTS"][:3] == [
        "www.kgnd.example",
        "radio.kgnd.example",
        "kgnd.example",
    ]
    assert "https://kgnd.example" in said["CSRF_TRUSTED_ORIGINS"]
    assert said["SESSION_COOKIE_SECURE"] is True
    assert said["WAGTAILADMIN_BASE_URL"] == "https://kgnd.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GROUNDWAVE_DEBUG", "yes"),
        ("GROUNDWAVE_SITE_PORT", "http"),
        ("GROUNDWAVE_AIR_URL", "air.kgnd.example"),
        ("GROUNDWAVE_SITE_URL", "javascript:alert(1)"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start_and_is_named(start, name, value):
    failed = start(**{name: value})

    assert failed.returncode != 0
    assert f"{name} is '{value}'; set it to" in failed.stderr
