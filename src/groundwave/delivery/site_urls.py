"""The pages of the public site."""

from __future__ import annotations

from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.urls import path, re_path

from groundwave.delivery import (
    brand,
    event_pages,
    news_sitemap,
    person_pages,
    schedule_pages,
    search,
    show_pages,
    sitemap,
    social_cards,
    story_feeds,
    story_pages,
    story_versions,
    text_edition,
)


urlpatterns = [
    path("favicon.ico", brand.favicon, name="favicon"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap_view, {"sitemaps": sitemap.SITEMAPS}, name="sitemap"),
    path("sitemap-news.xml", news_sitemap.news_sitemap, name="news_sitemap"),
    path(
        "cards/<int:pk>-<slug:drawn>.jpg", social_cards.social_card, name="social_card"
    ),
    re_path(r"^brand/(?P<accent>[0-9a-f]{6})\.css$", brand.brand, name="brand"),
    path("schedule/", schedule_pages.schedule, name="schedule"),
    path("schedule/week/", schedule_pages.schedule_week, name="schedule_week"),
    path("schedule/grid.css", schedule_pages.schedule_grid, name="schedule_grid"),
    path("shows/", show_pages.shows, name="shows"),
    path("shows/<slug:slug>/", show_pages.show, name="show"),
    path("shows/<slug:show_slug>/<slug:slug>/", show_pages.episode, name="episode"),
    path("people/", person_pages.people, name="people"),
    path("people/<slug:slug>/", person_pages.person, name="person"),
    path("topics/<slug:slug>/", story_pages.topic, name="topic"),
    path("changes/<uuid:uid>/", story_versions.story_change, name="story_change"),
    path("corrections/", story_pages.corrections, name="corrections"),
    path(
        "corrections/feed.atom",
        story_feeds.AtomCorrections(),
        name="corrections_feed",
    ),
    path("feed.atom", story_feeds.AtomStories(), name="atom_feed"),
    path("feed.rss", story_feeds.RssStories(), name="rss_feed"),
    path("feed.json", story_feeds.json_feed, name="json_feed"),
    path("events/<slug:slug>/", event_pages.event, name="event"),
    path(
        "events/<slug:slug>/figures.json",
        event_pages.figures_json,
        name="event_figures",
    ),
    path(
        "events/<slug:slug>/broadcast.txt",
        event_pages.broadcast_txt,
        name="event_broadcast",
    ),
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
    path("text/events/<slug:slug>/", text_edition.event, name="text_event"),
    path("text/search/", text_edition.search, name="text_search"),
    re_path(
        r"^text/pages/(?P<path>(?:[\w-]+/)+)$", text_edition.page, name="text_page"
    ),
]
