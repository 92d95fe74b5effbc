"""Dates, times and durations as people write them in Kyrgyz, Russian and English."""

from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.utils import timezone, translation

LOCALES = {"ky": "ky_KG", "ru": "ru_RU", "en": "en_GB"}
# Genitive as printed in dates; the nominative of a lone month comes from babel.
PATTERNS = {"ky": "y-'жылдын' d-MMMM", "ru": "d MMMM y 'г.'", "en": "d MMMM y"}


def day(value: date | datetime) -> date:
    """Return the calendar day of a date or, in local time, of an instant."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def short(value: date | datetime) -> str:
    """Return a day as 22.11.2026."""
    return day(value).strftime("%d.%m.%Y")


def clock(value: datetime) -> str:
    """Return an instant as local time, 14:32."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%H:%M")


def moment(value: datetime) -> str:
    """Return an instant as 22.11.2026 14:32, local time."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%d.%m.%Y %H:%M")


def words(value: date | datetime, language: str | None = None) -> str:
    """Return a day with its month in words, in the given or the active language."""
    code = (language or translation.get_language() or "en")[:2]
    locale, pattern = LOCALES.get(code, "en_GB"), PATTERNS.get(code, "d MMMM y")
    return format_date(day(value), format=pattern, locale=locale)


def month(value: date | datetime, language: str | None = None) -> str:
    """Return month and year by themselves (nominative)."""
    code = (language or translation.get_language() or "en")[:2]
    locale = LOCALES.get(code, "en_GB")
    pattern = "y-'ж'., MMMM" if code == "ky" else "LLLL y"
    return format_date(day(value), format=pattern, locale=locale)


def weekday(value: date | datetime, language: str | None = None) -> str:
    """Return the name of the day of the week."""
    code = (language or translation.get_language() or "en")[:2]
    return format_date(day(value), format="EEEE", locale=LOCALES.get(code, "en_GB"))


def minutes(value: timedelta) -> int:
    """Return whole minutes, rounded down; negative spans give 0."""
    return max(0, int(value.total_seconds() // 60))
