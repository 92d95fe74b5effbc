"""The one exception of this package: a text was not taken, and why."""


class NotSentError(Exception):
    """Carries a code for staff and the words of the other side.

    Codes: ``no_way`` (nobody listens there), ``no_answer`` (nothing in time),
    ``broken_off``, ``redirected`` (it sends us elsewhere; never followed), ``closed``
    (it takes nothing from us now) and ``refused`` (it does not want this one text).
    """

    def __init__(self, code: str, said: str = "") -> None:
        self.code, self.said = code, said
        super().__init__(f"{code}: {said}" if said else code)

    @property
    def down(self) -> bool:
        """Whether the way itself is at fault, so that trying others is in vain."""
        return self.code != "refused"


def plain(said: bytes | str, *, secret: str = "", at_most: int = 200) -> str:
    """Return foreign words as one short line, without our secret."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if secret:
        text = text.replace(secret, "…")
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:at_most]
