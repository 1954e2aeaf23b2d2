"""Settings: `base` for all, `development` (the default of manage.py), `production`, `test`."""
