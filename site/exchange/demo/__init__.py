"""Demo content: invented people, organisations, lessons and requests, marked as such. Never in production."""
