"""Side-by-side measurements: `make bench`. What the figures mean: docs/testing.md."""
