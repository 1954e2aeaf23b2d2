"""What a document of the corpus is as a Django model."""

from __future__ import annotations

from django.db import models
from wagtail.search import index


class StockDocument(index.Indexed, models.Model):
    """A title, a text and two values to filter by."""

    title = models.CharField(max_length=500)
    body = models.TextField()
    language = models.CharField(max_length=10)
    region = models.CharField(max_length=20)

    search_fields = [
        index.SearchField("title", boost=4),
        index.SearchField("body"),
        index.FilterField("language"),
        index.FilterField("region"),
    ]

    def __str__(self) -> str:
        return self.title
