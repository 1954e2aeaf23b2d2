"""The design system's Python side: template tags, the card, the form renderer, the pattern page.

Ground floor. Styles, scripts, icons and component templates live in `frontend/`."""
