"""Addresses of the roof."""

from django.urls import path

from exchange.home import statistics
from exchange.home.views import capacities, errors

app_name = "home"
urlpatterns = [
    path("", errors.front, name="front"),
    path("capacities/", capacities.capacity_index, name="capacities"),
    path("capacities/<slug:slug>/", capacities.capacity_page, name="capacity"),
    path("figures/", statistics.figures, name="figures"),
]
