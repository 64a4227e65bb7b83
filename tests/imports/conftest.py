from tests.batches.fixtures import kept_files

__all__ = ["kept_files"]
