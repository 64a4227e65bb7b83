"""Uploads that are larger than is taken: told by their length before they are read, and then read past.

The answer is a page. To stop reading would break the connection before the browser gets to show it, so what comes in
is thrown away as it comes, and never laid on a disk; of what could be no mistake, not even that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]

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


def drops_large_files(most: str) -> Callable[[View], View]:
    """Of a form with a file that is larger than this setting of bytes, the file comes in empty, and
    ``too_large_in`` names it.

    Whoever looks into a form reads its files, the guard against forged ones as well: so what is too large is dropped
    before that guard looks.
    """

    def decorate(view: View) -> View:
        guarded = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                dropper = DropLargeFiles(request, most=getattr(settings, most))
                request.upload_handlers.insert(0, dropper)
                request._dropper = dropper  # type: ignore[attr-defined]
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer

        return wrapper

    return decorate


def too_large_in(request: HttpRequest) -> str:
    """The name of a file that was dropped for its size, "" where none was."""
    return request._dropper.too_large  # type: ignore[attr-defined]
