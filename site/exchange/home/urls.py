"""Addresses of the roof."""

from django.urls import path

from exchange.home import capacity_pages, statistics, views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("capacities/", capacity_pages.capacity_index, name="capacities"),
    path("capacities/<slug:slug>/", capacity_pages.capacity_page, name="capacity"),
    path("figures/", statistics.figures, name="figures"),
]
