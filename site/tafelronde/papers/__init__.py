"""What a public site owes its readers: privacy, accessibility, colophon, and where to report a leak."""
