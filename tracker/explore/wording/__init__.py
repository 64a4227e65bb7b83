"""What pages of plans say in sentences: what is missing or wrong, what has to be confirmed, what was done."""
