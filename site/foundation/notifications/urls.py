"""Addresses of the feed and the preferences."""

from django.urls import path

from foundation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.feed, name="feed"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_one, name="open"),
    path("preferences/", views.preferences, name="preferences"),
    path("address/again/", views.try_address_again, name="try_address_again"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
