"""
The site's settings, all of them, read once.

A deployment sets a few ``GROUNDWAVE_…`` variables; everything else that somebody may
want to change is in the admin.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from groundwave.outbound.allowed import SETTING, HostsUnusable, read_allowed
from groundwave.patchbay.environment import Environment
from groundwave.project.logs import logging_config
from groundwave.wire.http.host import Host


# --- the deployment's own facts ---------------------------------------------


def _boolean(name: str) -> bool:
    value = os.environ.get(name, "False")
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to True or False.")
    return value == "True"


def _hosts(name: str) -> frozenset[Host]:
    try:
        return read_allowed(os.environ.get(name, ""))
    except HostsUnusable as trouble:
        raise ImproperlyConfigured(str(trouble)) from trouble


def _names(name: str) -> list[str]:
    return [part for part in os.environ.get(name, "").replace(",", " ").split() if part]


def _address(name: str) -> str:
    """Return a web address without its path, or nothing."""
    value = os.environ.get(name, "").rstrip("/")
    if value and urlsplit(value).scheme not in {"http", "https"}:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; set it to an address such as https://kgnd.example."
        )
    return value


def _secret(path: Path) -> str:
    """Return the installation's secret, made on first use and readable by us alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        # The site and the worker start together: whoever links first has made it.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def _own_names(bind: str) -> Iterator[str]:
    """Yield what this machine is called from where it can be reached at *bind*."""
    yield from ("localhost", "127.0.0.1", "[::1]")
    if bind in {"127.0.0.1", "::1", "localhost"}:
        return
    name = socket.gethostname().lower()
    yield from (name, f"{name.partition('.')[0]}.local")
    yield _outward_address() if bind in {"0.0.0.0", "::"} else bind  # noqa: S104


def _outward_address() -> str:
    """Return the address other machines on the network know this one by."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only picks the way out.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


GROUNDWAVE = Environment.read(os.environ)
# Where listeners reach the transmitter; empty means the page's own host, at its port.
GROUNDWAVE_AIR_URL = _address("GROUNDWAVE_AIR_URL")
# The name that the public knows the site by; empty means whichever it came by.
GROUNDWAVE_SITE_URL = _address("GROUNDWAVE_SITE_URL")

# Private hosts that are fetched from all the same.
GROUNDWAVE_OUTBOUND_ALLOW = _hosts(SETTING)
# Who is told when pages have changed, such as a CDN, and the word it knows us by.
GROUNDWAVE_PURGE_URL = _address("GROUNDWAVE_PURGE_URL")
GROUNDWAVE_PURGE_TOKEN = os.environ.get("GROUNDWAVE_PURGE_TOKEN", "")

DEBUG = _boolean("GROUNDWAVE_DEBUG")
SECRET_KEY = _secret(GROUNDWAVE.data / "secret")

_HOSTS = _names("GROUNDWAVE_HOSTS")
if GROUNDWAVE_SITE_URL:
    _HOSTS.append(urlsplit(GROUNDWAVE_SITE_URL).hostname or "")
ALLOWED_HOSTS = list(dict.fromkeys([*_HOSTS, *_own_names(GROUNDWAVE.bind)]))
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOSTS]
if GROUNDWAVE_SITE_URL and GROUNDWAVE_SITE_URL not in CSRF_TRUSTED_ORIGINS:
    CSRF_TRUSTED_ORIGINS.append(GROUNDWAVE_SITE_URL)

if GROUNDWAVE_SITE_URL.startswith("https:"):
    # A proxy in front speaks TLS; it must set this header itself, always.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# --- what the site is made of -----------------------------------------------

INSTALLED_APPS = [
    "groundwave.project",
    "groundwave.delivery",
    "groundwave.syndication",
    "groundwave.newsroom",
    "groundwave.programming",
    "groundwave.pages",
    "groundwave.stations",
    "groundwave.photos",
    "groundwave.people",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.contrib.redirects",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "groundwave.delivery.policy.SitePolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "groundwave.delivery.compression.CompressedText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # What has moved is found at its old address; made by itself when a page moves.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "groundwave.delivery.withdrawn.WithdrawnStories",
    "groundwave.stations.admin_zone.DeskZone",
    "groundwave.newsroom.admin.refused.RefusedPublishing",
]

ROOT_URLCONF = "groundwave.project.urls"
WSGI_APPLICATION = "groundwave.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "groundwave.delivery.context.listening",
            ],
        },
    },
]

DATABASES = {
    "default": {
        # Django's own, counting the edition up with what is written.
        "ENGINE": "groundwave.delivery.edition.sqlite",
        "NAME": GROUNDWAVE.data / "site.sqlite3",
        "OPTIONS": {
            # Readers never wait for the writer; a power cut may cost the last moment,
            # never the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            # A transaction that reads first and writes later could not wait its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "groundwave.pages.index_tasks.IndexingOnce"}}

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- language and time ------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # a station's own zone is the station's

# --- files ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = GROUNDWAVE.data / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = GROUNDWAVE.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "groundwave.delivery.storage.StaticStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor asks for it

# --- safety -----------------------------------------------------------------

# ``delivery.policy`` adds the transmitter's origin, and what Wagtail's admin needs.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin's previews are frames
SESSION_COOKIE_HTTPONLY = True

# --- Wagtail ----------------------------------------------------------------

WAGTAIL_SITE_NAME = "Groundwave"
WAGTAILADMIN_BASE_URL = (
    GROUNDWAVE_SITE_URL or f"http://localhost:{GROUNDWAVE.site_port}"
)
# What one process has cached of a picture, the process that replaces it cannot take back.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "groundwave.pages.search_index"}}
# A browser at the station asks nobody else for anything.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Nothing sends mail yet, and a promise of a mail that never comes helps nobody.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAILIMAGES_IMAGE_MODEL = "photos.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "groundwave.photos.forms.PhotoForm"
# A small machine decodes so many and still serves pages; a phone's picture has twelve.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

LOGGING = logging_config(for_people=sys.stderr.isatty())
