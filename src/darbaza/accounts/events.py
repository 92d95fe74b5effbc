"""What the record says about accounts. Facts hold codes and ids, never names."""

from darbaza.audit.types import EventType

SIGNED_IN = EventType("account.signed_in")
SIGNED_OUT = EventType("account.signed_out")
WRONG_PASSWORD = EventType("account.wrong_password")
LOCKED_OUT = EventType("account.locked_out")
WRONG_CODE = EventType("account.wrong_code")
SECOND_FACTOR_ON = EventType("account.second_factor_on")
SECOND_FACTOR_OFF = EventType("account.second_factor_off")
RECOVERY_CODES_MADE = EventType("account.recovery_codes_made")
RECOVERY_CODE_USED = EventType("account.recovery_code_used")
PASSWORD_CHANGED = EventType("account.password_changed")
SCREEN_LOCKED = EventType("account.screen_locked")
SCREEN_OPENED = EventType("account.screen_opened")
SESSION_ENDED = EventType("account.session_ended")
INSTITUTION_CHOSEN = EventType("account.institution_chosen")

USER_CREATED = EventType("user.created")
USER_CHANGED = EventType("user.changed")
USER_ENDED = EventType("user.ended")
USER_REOPENED = EventType("user.reopened")
ROLE_GIVEN = EventType("user.role_given")
ROLE_ENDED = EventType("user.role_ended")
PASSWORD_RESET = EventType("user.password_reset")
SECOND_FACTOR_RESET = EventType("user.second_factor_reset")
ENROLLED = EventType("user.enrolled")

TOKEN_ISSUED = EventType("device.token_issued")
TOKEN_REVOKED = EventType("device.token_revoked")

STAFF_OPENED = EventType("staff_session.opened")
STAFF_ENDED = EventType("staff_session.ended")
STAFF_REQUEST = EventType("staff_session.request")
