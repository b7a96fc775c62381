"""E-books made for tests."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
HEAD = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head>'
)


def page(body: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{HEAD}<body>{body}</body></html>'


def package(pages: list[str], *, extra: str = "", spine: str = "", metadata: str = "") -> str:
    items = "".join(
        f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    order = "".join(f'<itemref idref="p{n}"/>' for n, _ in enumerate(pages))
    return f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Storm</dc:title><dc:creator>Ann Lee</dc:creator>
{metadata}</metadata><manifest>{items}{extra}</manifest><spine {spine}>{order}</spine></package>"""


def write_epub(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """An archive of these files, and of a container unless they have one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in {"META-INF/container.xml": CONTAINER, **files}.items():
            archive.writestr(name, data)
    return path


def write_book(path: Path, bodies: Mapping[str, str], **package_parts: str) -> Path:
    """A book with these pages, and no table of contents."""
    files = {f"OEBPS/{name}": page(body) for name, body in bodies.items()}
    return write_epub(path, {"OEBPS/book.opf": package([*bodies], **package_parts), **files})
