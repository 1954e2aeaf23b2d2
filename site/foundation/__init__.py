"""The ground floor: what every room stands on. It knows none of them."""
