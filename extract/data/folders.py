"""Where does a dataset lie? In a folder here, or at an address that fsspec opens (`s3://bucket/figures`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyarrow import fs

from extract.errors import SolieuError


class FolderError(SolieuError):
    """An address cannot be opened; the message says why."""


class Folder:
    """A folder, here or far away: both look alike. A Path is always here; only a text can be an address."""

    def __init__(self, where: str | Path) -> None:
        self.shown = str(where).rstrip("/") or "/"
        self.system: Any = fs.LocalFileSystem()
        self.root = self.shown
        if is_address(where):
            self.system, self.root = open_address(str(where))

    def path(self, name: str) -> str:
        """Where a file of the folder is, for `system`."""
        return f"{self.root}/{name}"

    def written(self, name: str) -> int | None:
        """When a file was last written, in ns; 0 where the store does not tell, None where there is no such file."""
        info = self.system.get_file_info(self.path(name))
        return (info.mtime_ns or 0) if info.type == fs.FileType.File else None

    def holds_folder(self, name: str) -> bool:
        """Whether there is a folder of that name in it."""
        return bool(self.system.get_file_info(self.path(name)).type == fs.FileType.Directory)

    def names(self) -> Iterator[str]:
        """The files in it, in order of their names."""
        found = self.system.get_file_info(fs.FileSelector(self.root))
        yield from sorted(info.base_name for info in found if info.type == fs.FileType.File)

    def open(self, name: str) -> Any:
        """A file to read bytes from. Raises OSError."""
        return self.system.open_input_file(self.path(name))

    def write(self, name: str, content: str) -> None:
        """Writes a text: there whole or not at all. Raises OSError."""
        part = self.path(f".{name}.part")
        with self.system.open_output_stream(part, compression=None) as file:
            file.write(content.encode("utf-8"))
        self.system.move(part, self.path(name))

    def remove(self, name: str) -> None:
        """Removes a file."""
        self.system.delete_file(self.path(name))


def is_address(where: str | Path) -> bool:
    """Whether this is an address and no path.

    >>> is_address("s3://bucket/figures"), is_address("output"), is_address(Path("output"))
    (True, False, False)
    """
    return isinstance(where, str) and "://" in where


def open_address(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises FolderError."""
    try:
        import fsspec  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise FolderError(f"{address}: an address wants another package: pip install 'solieu[dask]'") from error
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise FolderError(f"{address}: cannot be opened ({error})") from error
    return fs.PyFileSystem(fs.FSSpecHandler(system)), root.rstrip("/")
