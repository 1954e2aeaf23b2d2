"""What every room needs of the database and Django does not bring.

Questions that must read by index on SQLite and PostgreSQL alike. No models, and nothing of any room.
"""
