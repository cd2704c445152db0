"""Where Wagtail tells or asks us."""
