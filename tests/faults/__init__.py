"""What people meet while parts of a site are killed, filled and slowed, and whether anything that was acknowledged is
lost, doubled, oversold or jumped. `make fault-test` runs all of it and writes docs/operate/faults.md."""
