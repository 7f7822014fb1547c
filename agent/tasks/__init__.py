"""What we ask of a model, one file a prompt."""
