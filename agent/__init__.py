"""Reads paper abstracts; writes summaries, digests and comparisons that are checked against them."""

__version__ = "0.1.0"
