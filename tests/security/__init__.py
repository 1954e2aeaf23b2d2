"""An attacker with every role: each address of the site, each method, and what the database says afterwards."""
