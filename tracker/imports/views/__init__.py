"""The pages of imports, by noun: the list, uploads, one batch, its being taken back, and files."""
