"""The pages of an issue in a real browser; `make test-browser` runs it."""
