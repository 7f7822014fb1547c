"""An issue in every format a writer needs."""
