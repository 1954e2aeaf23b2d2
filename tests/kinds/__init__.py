"""One declaration a kind: a made-up room brings a kind of its own, and every page knows it."""
