"""Help: the guides of docs/guide/, as pages of their own and beside the page that a section is about."""
