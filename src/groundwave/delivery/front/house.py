"""What of our own site is never answered from memory, known without Django."""

from __future__ import annotations

from groundwave.delivery.edition.question import House


# A test holds these against the site's own settings and addresses.
APART = (
    "/admin/",
    "/health",
    "/static/",
    "/media/",
    "/documents/",  # Wagtail asks who may have one
    "/welcome/",  # whoever opens it signs in
)
COOKIES = ("sessionid=", "csrftoken=", "django_language=", "messages=")
PROXY_HEADER = "x-forwarded-proto"


def our_house(*, is_behind_tls: bool) -> House:
    """Return it; *is_behind_tls* if a proxy in front of us says how it was asked."""
    return House(APART, COOKIES, PROXY_HEADER if is_behind_tls else "")
