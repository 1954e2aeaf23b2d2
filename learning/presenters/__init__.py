"""What pages of learning show, as plain values for templates."""
