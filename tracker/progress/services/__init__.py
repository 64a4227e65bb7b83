"""Every write of progress: the life of a report, its results, what is planned, what is history."""
