"""Makes a portrait of whatever picture somebody uploads: square, small, and without what the camera noted."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 512  # pixels
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")

_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a broken PNG
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class UnusablePhoto(Exception):
    """No portrait can be made of this file: it is broken, or a picture `too_large` to open."""

    def __init__(self, *, too_large: bool = False) -> None:
        super().__init__()
        self.too_large = too_large


def portrait(upload: IO[bytes]) -> bytes:
    """A WebP picture of `SIDE` by `SIDE` pixels without EXIF, cut from the middle. Raises UnusablePhoto."""
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise UnusablePhoto(too_large=True)
        picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # lets a large JPEG be decoded small
        return _square(picture)
    except _UNREADABLE as error:
        raise UnusablePhoto() from error


def _square(picture: Image.Image) -> bytes:
    picture = ImageOps.exif_transpose(picture)
    picture = ImageOps.fit(picture.convert("RGBA"), (SIDE, SIDE))
    sheet = Image.new("RGB", (SIDE, SIDE), "white")  # a new sheet: pixels alone come along
    sheet.paste(picture, mask=picture.getchannel("A"))
    result = BytesIO()
    sheet.save(result, "WEBP", quality=82)
    return result.getvalue()
