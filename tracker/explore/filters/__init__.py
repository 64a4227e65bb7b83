"""What narrows the lists of the pages to read, a module for each noun."""
