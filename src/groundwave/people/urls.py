from __future__ import annotations

from django.urls import path

from groundwave.people.views import WelcomeView


urlpatterns = [path("welcome/<str:token>/", WelcomeView.as_view(), name="welcome")]
