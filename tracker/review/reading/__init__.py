"""What the officer's pages show, read from the database."""
