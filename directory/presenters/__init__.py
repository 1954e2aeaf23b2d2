"""What the pages show, as plain values for templates: nobody's hidden field gets this far.

Questions only; whatever changes something is in `directory.services`."""
