"""Files for the tests of the upload gate, made here byte by byte: good ones and hostile ones."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject


def pdf(*objects: str, catalog: str = "", page: str = "") -> bytes:
    """A PDF of one page. `objects` are numbered from 4; `catalog` and `page` are added to those."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] {page} >>",
        *objects,
    ]
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def office_pdf() -> bytes:
    """As LibreOffice and Word write it: opens at the top of page 1, with outline and web link."""
    return pdf(
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
        "/A << /S /URI /URI (https://cas.example) >> >>",
        "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 1 >>",
        "<< /Title (Uno) /Parent 5 0 R /Dest [3 0 R /XYZ 0 200 0] >>",
        catalog="/OpenAction [3 0 R /XYZ null null 0] /Outlines 5 0 R /Lang (es-CO) "
        "/ViewerPreferences << /DisplayDocTitle true >> /MarkInfo << /Marked true >>",
        page="/Annots [4 0 R] /Resources << >>",
    )  # fmt: skip


def goto_pdf() -> bytes:
    return pdf(catalog="/OpenAction << /Type /Action /S /GoTo /D [3 0 R /Fit] >>")


def encrypted_pdf(algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secreto", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_object_stream() -> bytes:
    """JavaScript inside a compressed object stream, where no search for bytes sees it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    action = writer._add_object(
        DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                          NameObject("/JS"): ArrayObject([NumberObject(1)])})
    )  # fmt: skip
    writer._root_object[NameObject("/OpenAction")] = action
    for page in writer.pages:
        page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(fmt: str, size=(40, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 120, 60)).save(out, fmt, **options)
    return out.getvalue()


def jpeg_with_gps(orientation: int = 6) -> bytes:
    """A photo as a telephone makes it: place, camera, comment, and turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "TelefonoMarca"
    exif.get_ifd(0x8825).update({1: "N", 2: (6.0, 33.0, 12.0), 3: "W", 4: (73.0, 8.0, 1.0)})
    return picture("JPEG", exif=exif, comment=b"Vive en la calle 9")


def png_with_text() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", "Ana Ruiz")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Ana Ruiz</x:xmpmeta>")
    return picture("PNG", pnginfo=notes)


def png_bomb(width=60_000, height=60_000) -> bytes:
    """A few bytes that say they are 3,600 million pixels."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def archive(name="nota.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "hola")
    return out.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
