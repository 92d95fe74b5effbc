"""Form fields that take what people type and give plain Python values."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from darbaza.pages import dates, figures, parsing

NARROW = {"class": "govuk-input--width-10", "autocomplete": "off"}


class Text(forms.CharField):
    """Several lines; invisible characters are taken out; at most 2,000 characters."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the cleaned text, "" for nothing."""
        return parsing.clean_text(super().to_python(value) or "")


class Reason(Text):
    """Why somebody decides so: at least five characters that mean something."""

    default_error_messages = {"short": _("Give the reason in a few words.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Refuse a reason of fewer than five letters."""
        super().validate(value)
        if value and sum(c.isalnum() for c in value) < 5:
            raise forms.ValidationError(self.error_messages["short"], code="short")


class Name(forms.CharField):
    """One line: a name or a search word, as people write it; 120 characters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        """Return the cleaned line, "" for nothing."""
        return parsing.clean_line(super().to_python(value) or "")


class Code(Name):
    """A number of a document or a code: upper case, without spaces."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("spellcheck", "false")
        self.widget.attrs.setdefault("class", "mono govuk-input--width-20")

    def to_python(self, value: Any) -> str:
        """Return the code as documents print it."""
        return super().to_python(value).replace(" ", "").upper()


class Phone(Name):
    """A telephone number; Kyrgyz numbers may be typed as at home."""

    default_error_messages = {"phone": _("Give the number as +996 700 123 456.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.input_type = "tel"
        self.widget.attrs.setdefault("class", "govuk-input--width-20")

    def to_python(self, value: Any) -> str:
        """Return +996700123456, "" for nothing."""
        text = super().to_python(value)
        try:
            return parsing.phone(text) if text else ""
        except ValueError as error:
            wrong = self.error_messages["phone"]
            raise forms.ValidationError(wrong, code="phone") from error


class Date(forms.DateField):
    """A calendar day in one box: 22.11.2026, 221126, 22/11/26 …

    Args:
        past: Refuse a day after today (dates of birth, of issue).
    """

    default_error_messages = {
        "invalid": _("Give the date as day.month.year, for example 22.11.2026."),
        "future": _("This day has not come yet."),
    }

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        attrs = {**NARROW, "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        return dates.short(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """Return the day, None for nothing."""
        if isinstance(value, datetime | date) or value in self.empty_values:
            return super().to_python(value)
        try:
            return parsing.day(str(value), today=timezone.localdate())
        except ValueError as error:
            wrong = self.error_messages["invalid"]
            raise forms.ValidationError(wrong, code="invalid") from error

    def validate(self, value: Any) -> None:
        """Refuse a day to come where only the past makes sense."""
        super().validate(value)
        if value and self.past and value > timezone.localdate():
            raise forms.ValidationError(self.error_messages["future"], code="future")


class Time(forms.TimeField):
    """A time of day in one box: 14:32, 1432, 9 …"""

    default_error_messages = {"invalid": _("Give the time as 14:32.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {**NARROW, "class": "govuk-input--width-5", "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show hours and minutes."""
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        """Return the time, None for nothing."""
        if isinstance(value, time) or value in self.empty_values:
            return super().to_python(value)
        try:
            return parsing.clock(str(value))
        except ValueError as error:
            wrong = self.error_messages["invalid"]
            raise forms.ValidationError(wrong, code="invalid") from error


class Moment(forms.Field):
    """Day and time in one box, local time: "22.11.2026 14:32"; gives an aware value."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Give day and time, for example 22.11.2026 14:32."),
        "future": _("This moment has not come yet."),
    }

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        attrs = {**NARROW, "class": "govuk-input--width-20"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show local day and time."""
        return dates.moment(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment with its zone, None for nothing."""
        if isinstance(value, datetime):
            return value
        text = str(value or "").strip().replace("T", " ")
        if not text:
            return None
        front, _space, back = text.rpartition(" ")
        try:
            on = parsing.day(front, today=timezone.localdate())
            at = parsing.clock(back)
        except ValueError as error:
            wrong = self.error_messages["invalid"]
            raise forms.ValidationError(wrong, code="invalid") from error
        return timezone.make_aware(datetime.combine(on, at))

    def validate(self, value: Any) -> None:
        """Refuse a moment to come where only the past makes sense."""
        super().validate(value)
        late = timezone.now() + timedelta(minutes=1)
        if value and self.past and value > late:
            raise forms.ValidationError(self.error_messages["future"], code="future")


class Number(forms.IntegerField):
    """A whole figure, 0 or more unless said otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        attrs = {**NARROW, "class": "govuk-input--width-5", "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)


class _Scaled(forms.IntegerField):
    factor = 1

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        attrs = {**NARROW, "inputmode": "decimal"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show the figure with a comma."""
        if isinstance(value, int):
            return figures.shortest(value / self.factor)
        return value

    def to_python(self, value: Any) -> int | None:
        """Return whole units, None for nothing."""
        if isinstance(value, int) or value in self.empty_values:
            return value if isinstance(value, int) else None
        try:
            return parsing.scaled(str(value), factor=self.factor)
        except ValueError as error:
            wrong = self.error_messages["invalid"]
            raise forms.ValidationError(wrong, code="invalid") from error


class Kilograms(_Scaled):
    """A weight typed in kilograms ("4,5"), given in whole grams."""

    factor = 1000
    default_error_messages = {"invalid": _("Give the weight in kilograms, as 4,5.")}


class Som(_Scaled):
    """An amount typed in som ("3 280,50"), given in whole tyiyn."""

    factor = 100
    default_error_messages = {"invalid": _("Give the amount in som, as 3280,50.")}


class Choice(forms.ChoiceField):
    """One of a few: a list, or radios where all should be seen at once."""

    def __init__(self, *, radios: bool = False, **kwargs: Any) -> None:
        if radios:
            kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(**kwargs)


class Several(forms.MultipleChoiceField):
    """Any number of a few, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class Yes(forms.BooleanField):
    """One box to tick."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)


class Email(forms.EmailField):
    """An e-mail address."""


class File(forms.FileField):
    """A file of at most ``megabytes``; its name counts as hostile until checked."""

    default_error_messages = {
        "big": _("The file is larger than %(megabytes)s MB."),
        "empty": _("The file is empty."),
        "required": _("Choose a file."),
    }

    def __init__(self, *, megabytes: int = 10, accept: str = "", **kwargs: Any) -> None:
        self.megabytes = megabytes
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """Return the upload, refused where too large."""
        upload = super().to_python(data)
        if upload and upload.size > self.megabytes * 1024 * 1024:
            figures = {"megabytes": self.megabytes}
            wrong = self.error_messages["big"]
            raise forms.ValidationError(wrong, code="big", params=figures)
        return upload
