"""The lists of the pages to read, as tables, a module for each noun."""
