"""What an operator does with a whole site: set it up, upgrade it, keep copies of it, move it, clear it of old rows."""
