"""Address of the pattern page."""

from django.urls import path

from foundation.design import views

app_name = "design"
urlpatterns = [path("", views.patterns, name="patterns")]
