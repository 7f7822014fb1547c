"""Where papers come from: `find` names the files, `read` yields what is in them."""

from agent.sources.places import find
from agent.sources.problem import Problem
from agent.sources.reader import read

__all__ = ["Problem", "find", "read"]
