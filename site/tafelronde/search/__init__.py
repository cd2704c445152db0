"""One search over leerkringen, meetings, people, news and publications, with a small index of our own."""
