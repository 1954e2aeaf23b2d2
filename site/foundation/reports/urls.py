"""Addresses of reports, below /<language>/reports/."""

from django.urls import path

from foundation.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/<slug:kind>/<str:id>/", views.new, name="new"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/add/", views.add, name="add"),
    path("<uuid:pk>/take-back/", views.withdraw, name="withdraw"),
]
