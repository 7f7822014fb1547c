"""Who answers the tasks: the embedded model."""
