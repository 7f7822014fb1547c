"""Reads paper abstracts; writes summaries and digests that are checked against them."""

__version__ = "0.1.0"
