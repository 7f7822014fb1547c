"""A second real server: llama-cpp-python with a model of random weights; `make test-llamacpp` runs it."""
