"""Address of the pattern page."""

from django.urls import path

from exchange.design import views

app_name = "design"
urlpatterns = [path("", views.patterns, name="patterns")]
