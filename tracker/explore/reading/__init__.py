"""What the pages read: standings as rows, the framework, one indicator, and the home of each role."""
