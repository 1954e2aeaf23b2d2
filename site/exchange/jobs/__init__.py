"""What is left here of the queue: see `services`."""
