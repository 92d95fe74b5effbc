"""The one short tree of exceptions. Expected refusals are Decisions, not exceptions."""


class DarbazaError(Exception):
    """Something the user can be told in words; ``code`` finds them."""

    code = "error"
    status = 400

    def __init__(self, code: str = "", **figures: object) -> None:
        self.code = code or self.code
        self.figures = figures
        super().__init__(self.code, figures)


class Forbidden(DarbazaError):
    """The actor lacks the permission."""

    code = "forbidden"
    status = 403


class NotFound(DarbazaError):
    """No such row, or not for this actor: the two are not told apart."""

    code = "not_found"
    status = 404


class Conflict(DarbazaError):
    """The state does not fit: somebody was faster, or the step was done before."""

    code = "conflict"
    status = 409


class Invalid(DarbazaError):
    """A value that can never be right; ``figures`` names the field."""

    code = "invalid"
    status = 422
