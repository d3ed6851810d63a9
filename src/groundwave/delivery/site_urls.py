"""The pages of the public site."""

from __future__ import annotations

from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.urls import path, re_path

from groundwave.delivery import (
    brand,
    person_pages,
    schedule_pages,
    search,
    show_pages,
    sitemap,
    text_edition,
)


urlpatterns = [
    path("favicon.ico", brand.favicon, name="favicon"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap_view, {"sitemaps": sitemap.SITEMAPS}, name="sitemap"),
    re_path(r"^brand/(?P<accent>[0-9a-f]{6})\.css$", brand.brand, name="brand"),
    path("schedule/", schedule_pages.schedule, name="schedule"),
    path("schedule/week/", schedule_pages.schedule_week, name="schedule_week"),
    path("schedule/grid.css", schedule_pages.schedule_grid, name="schedule_grid"),
    path("shows/", show_pages.shows, name="shows"),
    path("shows/<slug:slug>/", show_pages.show, name="show"),
    path("shows/<slug:show_slug>/<slug:slug>/", show_pages.episode, name="episode"),
    path("people/", person_pages.people, name="people"),
    path("people/<slug:slug>/", person_pages.person, name="person"),
    path("search/", search.search, name="search"),
    path("text/", text_edition.home, name="text_home"),
    path("text/schedule/", text_edition.schedule, name="text_schedule"),
    path("text/shows/", text_edition.shows, name="text_shows"),
    path("text/shows/<slug:slug>/", text_edition.show, name="text_show"),
    path(
        "text/shows/<slug:show_slug>/<slug:slug>/",
        text_edition.episode,
        name="text_episode",
    ),
    path("text/people/", text_edition.people, name="text_people"),
    path("text/people/<slug:slug>/", text_edition.person, name="text_person"),
    path("text/search/", text_edition.search, name="text_search"),
    re_path(
        r"^text/pages/(?P<path>(?:[\w-]+/)+)$", text_edition.page, name="text_page"
    ),
]
