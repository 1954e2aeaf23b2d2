"""One plain model for Wagtail's own search to be measured on."""
