"""Who answers the tasks: the embedded model, or an endpoint behind a cache."""
