"""What the demo shows: programme 1 of the domain, with invented people in real municipalities. Content only."""
