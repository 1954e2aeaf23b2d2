"""Addresses of one's own account beside allauth's."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
