from __future__ import annotations

from django.urls import include, path

from groundwave.delivery import embed, exchange, spinitron, views
from groundwave.delivery.calendar import schedule_ics
from groundwave.delivery.guide_json import guide_json
from groundwave.delivery.recorded_files import recorded_file


_SPINITRON = [
    path("shows", spinitron.shows, name="spinitron_shows"),
    path("shows/<int:pk>", spinitron.show, name="spinitron_show"),
    path("playlists", spinitron.playlists, name="spinitron_playlists"),
    path("playlists/<int:pk>", spinitron.playlist, name="spinitron_playlist"),
    path("personas", spinitron.personas, name="spinitron_personas"),
    path("personas/<int:pk>", spinitron.persona, name="spinitron_persona"),
    path("spins", spinitron.spins, name="spinitron_spins"),
    path("spins/<int:pk>", spinitron.spin, name="spinitron_spin"),
]
# Agreed on with stations elsewhere: none of these addresses ever changes.
_NETWORK = [
    path("v1/documents", exchange.documents, name="network_documents"),
    path("v1/documents/<str:name>", exchange.document, name="network_document"),
    path("v1/brand", exchange.brand, name="network_brand"),
    path("v1/notices", exchange.notices_address, name="network_notices_address"),
    path("notices/<uuid:uid>", exchange.notices, name="network_notices"),
]
urlpatterns = [
    path("", include("groundwave.delivery.site_urls")),
    path("network/", include(_NETWORK)),
    path("stations/<slug:slug>/guide.json", guide_json, name="guide_json"),
    path("stations/<slug:slug>/schedule.ics", schedule_ics, name="schedule_ics"),
    path("api/spinitron/", include(_SPINITRON)),
    path("health", views.health, name="health"),
    path("media/recordings/<str:name>", recorded_file, name="recorded_file"),
    path("embed/<slug:slug>/", embed.embed, name="embed"),
    path("oembed", embed.oembed, name="oembed"),
    path("listen/<slug:slug>.m3u", views.m3u, name="listen_m3u"),
    path("listen/<slug:slug>.pls", views.pls, name="listen_pls"),
]
