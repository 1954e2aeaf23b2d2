"""What the pages of learning do with a request; the page models route to these functions."""
