"""The inputs that fuzzing begins with, and those that once broke something; they are in data/.

`NAME.txt` has an input of the target NAME on each line, the folder `NAME` one in each file.
"""

from pathlib import Path

DATA = Path(__file__).with_name("data")


def seeds_of(name: str) -> list[bytes]:
    """All inputs of a target; an empty one is always among them."""
    lines = DATA / f"{name}.txt"
    typed = lines.read_bytes().splitlines() if lines.exists() else []
    folder = DATA / name
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [b"", *typed, *(file.read_bytes() for file in files)]
