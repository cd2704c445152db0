"""Keeping a copy of all data in one file, and putting it back."""
