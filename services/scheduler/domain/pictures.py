"""What a file really shows, and the same picture as small as a network wants it."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from services.scheduler.domain.anonymous import without_facts
from shared.networks.publishing import ImageLimit

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MAX_PIXELS = 50_000_000
_QUALITIES = (90, 80, 70, 60, 45)
_SMALLEST = 200
_ORIENTATION = 0x0112
_TURNED = frozenset(range(2, 9))


class NotAPictureError(ValueError):
    """Why a file cannot be taken, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture by its content, not by what somebody called it."""

    content_type: str
    width: int
    height: int


def look_at(file: BinaryIO) -> Shown:
    """What a file is; raises `NotAPictureError` for all but whole pictures of usual size."""
    with _opened(file) as image:
        content_type = TYPES[image.format or ""]
        image.load()
        width, height = ImageOps.exif_transpose(image).size
    return Shown(content_type=content_type, width=width, height=height)


def clean(file: BinaryIO) -> tuple[bytes, Shown]:
    """A picture without what it tells of its making, and what it is; raises `NotAPictureError`."""
    with _opened(file) as image:
        # Phones put several pictures into one JPEG; the first is the picture.
        kind = "JPEG" if image.format == "MPO" else image.format or ""
        turn = image.getexif().get(_ORIENTATION)
        file.seek(0)
        content = without_facts(kind, file.read(), _exif(turn) if turn in _TURNED else b"")
    return content, look_at(io.BytesIO(content))


def _exif(turn: int) -> bytes:
    """A document that says which way up a picture is, and nothing else."""
    facts = Image.Exif()
    facts[_ORIENTATION] = turn
    return facts.tobytes()


def fit(content: bytes, limit: ImageLimit) -> tuple[bytes, Shown]:
    """The picture as the network takes it; no pixel changes where it fits. The same every time.

    What it tells of its making goes here as well: it may have been uploaded by an earlier release.
    """
    content, shown = clean(io.BytesIO(content))
    fits = shown.content_type in limit.types and len(content) <= limit.size
    if fits and max(shown.width, shown.height) <= limit.side:
        return content, shown
    with _opened(io.BytesIO(content)) as image:
        # Smaller before anything else, because what follows takes several copies of it.
        small = image.convert("RGBA") if image.mode == "P" else image
        small.thumbnail((limit.side, limit.side))
        picture = _upright(small)
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


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture in a file; whatever is wrong with it in the block is a `NotAPictureError`."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns of pictures that are small as files and huge in memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=list(TYPES))
        with image:
            _judge_size(image)
            yield image
    except NotAPictureError:
        raise
    except Exception as error:  # Its readers raise whatever a forged file makes them stumble over.
        raise NotAPictureError("This is not a whole JPEG, PNG, WebP or GIF picture.") from error


def _judge_size(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise NotAPictureError(f"A picture has at most {MAX_PIXELS // 1_000_000} million pixels.")


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
