"""Forms of the mentoring room: the programme in the admin, screens of a request, offers, the board, pairs."""
