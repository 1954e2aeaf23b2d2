"""A site whose pages and jobs fail with what belongs to somebody in every place where an error can hold it."""

ADDRESS = "wanda.private@example.org"
KEY = "5d4a8d0c9b7e6f1a2b3c4d5e6f708192"
SESSION = "q3k9x0z1y7w5v2u8t4s6r1p0o9n8m7l6"
SECRETS = ("wanda", "example.org", KEY, SESSION, "hunter2hunter2", "private-question")
