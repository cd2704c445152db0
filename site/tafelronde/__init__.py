"""The four parts made one site."""

VERSION = "0.1.0"  # as in publiccode.yml
