"""The value of a cell in a workbook → the text that a list of text would have there."""

from datetime import date, datetime, time, timedelta

#: What the library gives for a cell.
Value = str | bool | int | float | date | datetime | time | timedelta

#: Spreadsheets know this many digits of a number.
_DIGITS = 15
_MOST_EXACT = 1e22
_HALF_A_SECOND = timedelta(microseconds=500_000)


def text_of(value: Value, number_format: str = "") -> str:
    """The text: dates in ISO, numbers in full; `number_format` says what else belongs to one.

    Zeros in front are written where a format of zeros asks for them, and percent as percent. Line
    breaks are those of text.
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    return _moment(value)


def zeros_of(number_format: str) -> int:
    """How many digits a format such as `00000` or `000\\ 000` writes at least; 0 for another."""
    bare = number_format.partition(";")[0].replace("\\", "").replace('"', "")
    digits = bare.count("0")
    return digits if digits > 1 and not bare.strip("0 -/()+") else 0


def _number(value: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{_number(round(value * 100, 10), '')}%"
    whole = float(value).is_integer() and abs(value) < _MOST_EXACT
    text = str(int(value)) if whole else format(value, f".{_DIGITS}g")
    return text.zfill(zeros_of(number_format)) if whole and value >= 0 else text


def _moment(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        minutes, second = divmod(abs(seconds), 60)
        return f"{'-' * (seconds < 0)}{minutes // 60}:{minutes % 60:02}{_seconds(second)}"
    if isinstance(value, time):
        near = datetime.combine(date.min, value.replace(microsecond=0))
        return f"{near:%H:%M}{_seconds(near.second)}"
    if isinstance(value, datetime):
        near = (value + _HALF_A_SECOND).replace(microsecond=0)
        day = near.date().isoformat()
        return f"{day} {near:%H:%M}{_seconds(near.second)}" if near.time() != time() else day
    return value.isoformat()


def _seconds(second: int) -> str:
    return f":{second:02}" if second else ""
