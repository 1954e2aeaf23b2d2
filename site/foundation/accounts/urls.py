"""Addresses of one's own account beside allauth's."""

from django.urls import path

from foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("safety/", views.safety, name="safety"),
    path("safety/sessions/end/", views.end_other_sessions, name="end_other_sessions"),
    path("safety/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("join/", views.join, name="join"),
    path("again/", views.sign_in_again, name="sign_in_again"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/download/", views.download, name="download"),
    path("privacy/leave/", views.leave, name="leave"),
]
