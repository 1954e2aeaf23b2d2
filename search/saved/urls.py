"""Addresses of one's saved searches, below /my/searches/."""

from django.urls import path

from search.saved import views

app_name = "searches"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.open_search, name="open"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
