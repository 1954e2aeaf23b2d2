"""What the roof's pages show, as plain values for templates."""
