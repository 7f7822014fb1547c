"""Who answers: the embedded model, and any endpoint."""
