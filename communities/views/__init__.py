"""What a browser gets of leerkringen: the pages (called by the page types) and the forms of people."""
