"""Addresses of the search room; saved searches have theirs in `search.saved.urls`, below /my/searches/."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggestions, name="suggest"),
    path("feed.atom", views.atom, name="atom"),
    path("results.json", views.as_json, name="json"),
]
