"""Uploads that are larger than is taken: told by their length before they are read, and then read past.

The answer is a page. To stop reading would break the connection before the browser gets to show it, so what comes in
is thrown away as it comes, and never laid on a disk; of what could be no mistake, not even that.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_BESIDE = 256 * 1024
"""What the other fields of a form and its marks may take."""
_MOST_READ = 250 * 1024 * 1024


class DropLargeFiles(FileUploadHandler):
    """Of a request that is longer than ``most`` bytes and a form around them, files come in empty.

    ``too_large`` is then the name of the last one.
    """

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.length = 0
        self.too_large = ""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.length = content_length

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.length <= self.most + _BESIDE:
            return raw_data
        self.too_large = self.file_name or ""
        if self.length > _MOST_READ:
            raise StopUpload(connection_reset=True)
        return None

    def file_complete(self, file_size: int) -> None:
        return None
