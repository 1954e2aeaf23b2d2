"""Addresses of the roof."""

from django.urls import path, re_path

from exchange.home.views import capacities, errors, moved, statistics

app_name = "home"
urlpatterns = [
    path("", errors.front, name="front"),
    path("capacities/", capacities.capacity_index, name="capacities"),
    path("capacities/<slug:slug>/", capacities.capacity_page, name="capacity"),
    path("figures/", statistics.figures, name="figures"),
    # where pages were until version 0.3; only what had these shapes, since pages of the tree may be named likewise
    path("learning/mine/", moved.moved, {"to": "my/learning/"}, name="moved_my_learning"),
    re_path(
        r"^learning/(?P<rest>(?:lessons|cohorts)/.+)$", moved.moved, {"to": "learn/"}, name="moved_learning"
    ),
    re_path(r"^mentorship/(?:mine/)?$", moved.moved, {"to": "my/mentoring/"}, name="moved_my_mentoring"),
    path("mentorship/proposals/", moved.moved, {"to": "my/mentoring/proposals/"}, name="moved_proposals"),
    re_path(
        r"^mentorship/(?P<rest>(?:requests|mentors|proposals|answers|pairs|board)/.+)$",
        moved.moved,
        {"to": "mentoring/"},
        name="moved_mentorship",
    ),
]
