"""What pages of mentoring show, as plain values for templates."""
