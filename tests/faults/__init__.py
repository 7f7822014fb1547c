"""The command line against endpoints that fail in every way, and against `kill -9`."""
