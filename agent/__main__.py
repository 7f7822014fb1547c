"""`python -m agent` is `digest`."""

from agent.cli import main

main()
