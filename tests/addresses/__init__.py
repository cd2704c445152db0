"""Every address of the site, asked by everybody: a scene, the rows of the tables, and the asking."""
