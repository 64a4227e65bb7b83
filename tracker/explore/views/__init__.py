"""The pages to read, a module for each part of them."""
