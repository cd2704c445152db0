"""What stands between the server and Django's pages: kept pages, static files, threads."""
