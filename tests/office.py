"""The LibreOffice of the soak tests: found, or installed where this is Debian and root.

``python -m tests.office`` is what ``make soak`` calls; ``convert`` is what the tests call.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = "libreoffice-calc-nogui"
MISSING = (
    "The tests of spreadsheets in LibreOffice need its program soffice, and there is none. Install it (on "
    f"Debian: apt-get install {PACKAGE}) or set SOFFICE to its path."
)
_LONGEST, _LONGEST_EACH = 180, 20


def find_office() -> str | None:
    """Give the path of LibreOffice on this machine."""
    if chosen := os.environ.get("SOFFICE"):
        return chosen
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    return None


def install_office() -> None:
    """Install Debian's package of the spreadsheet program alone, without a screen."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE],
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
    )


def convert(data: bytes, *, suffix: str, to: str, folder: Path) -> bytes:
    """Open a file in LibreOffice and give what it saves: `to` is xlsx, ods, xls or csv.

    Raises RuntimeError where LibreOffice is missing, or cannot open the file.
    """
    return convert_all({"source": data}, suffix=suffix, to=to, folder=folder)["source"]


def convert_all(files: Mapping[str, bytes], *, suffix: str, to: str, folder: Path) -> dict[str, bytes]:
    """The same for many files at once, by name: the program is started once."""
    office = find_office()
    if office is None:
        raise RuntimeError(MISSING)
    sources = []
    for name, data in files.items():
        source = folder / f"{name}{suffix}"
        source.write_bytes(data)
        sources.append(str(source))
    target = folder / "saved"
    target.mkdir(exist_ok=True)
    run = subprocess.run(
        [
            office,
            "--headless",
            "--norestore",
            # A profile of its own, so that neither another run nor a person's own settings get in the way.
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            to,
            "--outdir",
            str(target),
            *sources,
        ],
        capture_output=True,
        text=True,
        timeout=_LONGEST + _LONGEST_EACH * len(files),
        check=False,
    )
    saved = {name: target / f"{name}.{to}" for name in files}
    if missing := [name for name, path in saved.items() if not path.exists()]:
        raise RuntimeError(
            f"LibreOffice did not save {', '.join(missing)} as {to}: {run.stdout} {run.stderr}"
        )
    return {name: path.read_bytes() for name, path in saved.items()}


def main() -> int:
    if find_office() is None:
        print("No LibreOffice found; installing it for the soak tests.", flush=True)
        install_office()
    if find_office() is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
