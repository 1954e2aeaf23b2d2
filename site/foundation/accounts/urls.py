"""Addresses of one's own account beside allauth's."""

from django.urls import path

from foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/download/", views.download, name="download"),
    path("privacy/leave/", views.leave, name="leave"),
]
