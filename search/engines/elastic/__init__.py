"""The distributed engine: Elasticsearch."""
