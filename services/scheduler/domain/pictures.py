"""What a file really shows, and the same picture as small as a network wants it."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.networks.publishing import ImageLimit

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MAX_PIXELS = 50_000_000
_QUALITIES = (90, 80, 70, 60, 45)
_SMALLEST = 200


class NotAPictureError(ValueError):
    """Why a file cannot be taken, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture by its content, not by what somebody called it."""

    content_type: str
    width: int
    height: int


def look_at(content: bytes) -> Shown:
    """What the content is; raises `NotAPictureError` for all but whole pictures of usual size."""
    with _opened(content) as image:
        content_type = TYPES[image.format or ""]
        try:
            image.load()
        except (OSError, ValueError, SyntaxError) as error:
            raise NotAPictureError("This picture is damaged.") from error
        width, height = ImageOps.exif_transpose(image).size
    return Shown(content_type=content_type, width=width, height=height)


def fit(content: bytes, limit: ImageLimit) -> tuple[bytes, Shown]:
    """The picture as the network takes it; unchanged where it fits. The same every time."""
    shown = look_at(content)
    fits = shown.content_type in limit.types and len(content) <= limit.size
    if fits and max(shown.width, shown.height) <= limit.side:
        return content, shown
    with _opened(content) as image:
        picture = _upright(image)
    side = limit.side
    while side >= _SMALLEST:
        smaller = picture.copy()
        smaller.thumbnail((side, side))
        for quality in _QUALITIES:
            drawn = _jpeg(smaller, quality)
            if len(drawn) <= limit.size:
                width, height = smaller.size
                return drawn, Shown(content_type="image/jpeg", width=width, height=height)
        side = side * 3 // 4
    raise NotAPictureError("This picture cannot be made small enough for the network.")


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Pillow only warns of pictures that are small as files and huge in memory.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=list(TYPES))
        except (
            UnidentifiedImageError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
            OSError,
            ValueError,
            SyntaxError,
        ) as error:
            raise NotAPictureError("This is not a JPEG, PNG, WebP or GIF picture.") from error
    if image.width * image.height > MAX_PIXELS:
        raise NotAPictureError(f"A picture has at most {MAX_PIXELS // 1_000_000} million pixels.")
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as it is to be seen, on white where it was transparent."""
    turned = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", turned.size, (255, 255, 255))
    ground.paste(turned, mask=turned.getchannel("A"))
    return ground


def _jpeg(image: Image.Image, quality: int) -> bytes:
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=quality, optimize=True)
    return drawn.getvalue()
