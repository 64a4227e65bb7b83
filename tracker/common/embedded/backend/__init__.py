"""Django database backend over the embedded PostgreSQL; the code is in `base`, where Django looks for it."""
