"""A room that the product does not have: toolkits, ready-made papers and lists. All it is stands in this folder."""
