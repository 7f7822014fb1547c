"""Trains the embedded model's weights; needs the group `bench` of dependencies and the data sets."""
