"""Words as each language and script has them: names, lists, moments, orders, encodings."""
