from __future__ import annotations

from django.urls import path

from groundwave.delivery import views


urlpatterns = [
    path("health", views.health, name="health"),
    path("listen/<slug:slug>.m3u", views.m3u, name="listen_m3u"),
    path("listen/<slug:slug>.pls", views.pls, name="listen_pls"),
]
