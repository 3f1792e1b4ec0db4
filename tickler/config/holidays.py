"""Public holidays of a country and region, each year looked up once and kept in a cache file.

Loading the library takes longer than a whole command; the file is read in its place.
"""

import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tickler.errors import TicklerError, Unreadable
from tickler.system import files

#: Laws change: what was looked up longer ago is looked up again, in seconds.
_STALE = 90 * 24 * 3600

#: No cache of ours is larger, in bytes.
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Almanac:
    """The holidays of a country (ISO 3166, `DE`) and region (`BY`), named in a language (`de`)."""

    country: str
    region: str | None
    language: str
    cache: Path

    def of_year(self, year: int) -> Mapping[date, str]:
        """The holidays of one year by day; raises Unreadable where there is no such country."""
        kept = self._kept()
        if (found := kept.get(str(year))) is None:
            found = _looked_up(self.country, self.region, self.language, year)
            self._keep({**kept, str(year): found})
        return {date.fromisoformat(day): name for day, name in found.items()}

    @property
    def _file(self) -> Path:
        place = "-".join(filter(None, (self.country, self.region, self.language)))
        return self.cache / f"holidays-{place}.json"

    def _kept(self) -> dict[str, dict[str, str]]:
        """What the cache file has; nothing where it is old, damaged or unreadable."""
        try:
            if time.time() - self._file.stat().st_mtime > _STALE:
                return {}
            kept = json.loads(files.text_of(self._file, _LARGEST))
            for days in kept.values():
                for day, name in days.items():
                    date.fromisoformat(day)
                    str(name)
        except (TicklerError, OSError, ValueError, AttributeError, TypeError, RecursionError):
            return {}  # it is looked up again, and written again
        return dict(kept)

    def _keep(self, years: Mapping[str, Mapping[str, str]]) -> None:
        """Write the cache file; without it the next command is slower, and that is all."""
        with contextlib.suppress(TicklerError):
            files.make_folder(self.cache)
            files.write(self._file, json.dumps(years).encode(), force=True)


def _looked_up(country: str, region: str | None, language: str, year: int) -> dict[str, str]:
    import holidays  # noqa: PLC0415  # 70 ms that a cached year does not need

    named = "en_US" if language == "en" else language
    try:
        found = holidays.country_holidays(country, subdiv=region, years=year, language=named)
    except NotImplementedError as error:
        known = holidays.list_supported_countries()
        if country not in known:
            raise Unreadable(
                f"country takes a code such as “DE”, “AT” or “US”, not “{country}”"
            ) from error
        regions = ", ".join(known[country]) or "none"
        raise Unreadable(f"region “{region}” is not known in {country}: {regions}") from error
    return {day.isoformat(): str(name) for day, name in found.items()}
