"""What the front knows of the site without Django, held against the site itself."""

from __future__ import annotations

from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import reverse

from groundwave.delivery.front.front import HEALTH
from groundwave.delivery.front.house import APART, COOKIES, PROXY_HEADER, our_house


def test_what_has_rules_of_its_own_is_where_the_site_has_it(settings):
    assert {
        reverse("wagtailadmin_home"),
        reverse("health"),
        reverse("wagtaildocs_serve", args=[1, "x"]).split("1")[0],
        settings.STATIC_URL,
        settings.MEDIA_URL,
    } <= set(APART)
    assert reverse("health") == HEALTH


def test_cookies_are_called_what_the_site_calls_them(settings):
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        CookieStorage.cookie_name,
    )
    assert set(COOKIES) == {f"{name}=" for name in names}


def test_a_proxy_is_believed_where_the_site_believes_it():
    assert our_house(is_behind_tls=True).proxy_header == PROXY_HEADER
    assert our_house(is_behind_tls=False).proxy_header == ""
