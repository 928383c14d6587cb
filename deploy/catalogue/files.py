"""Where generated files lie, and the shape in which their makers hand them over."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
Generated = tuple[Path, bytes]
