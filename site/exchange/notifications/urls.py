"""Addresses of the feed and the preferences."""

from django.urls import URLPattern

app_name = "notifications"
urlpatterns: list[URLPattern] = []
