"""Trittstein: from the first conversation with a newly arrived family to a place at a school."""

__version__ = "0.1.0"
