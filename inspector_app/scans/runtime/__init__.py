"""Runtime reading: the probe in its sandbox, what it tells, and what its silence means."""
