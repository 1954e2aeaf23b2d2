"""A site on many machines as plain processes: what compose.yaml starts as containers, with its commands and variables."""
