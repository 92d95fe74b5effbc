"""E-mail through a server of the service, with Django's own backend."""

import smtplib
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from darbaza.appointments.sending.faults import NotSentError, plain
from darbaza.appointments.sending.outgoing import Outgoing

WAIT = 10


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The server that takes our e-mail."""

    host: str
    port: int
    sender: str
    """Address in the line "From"."""
    security: str = "starttls"
    """``starttls``, ``tls``, or ``none`` (on this very computer only)."""
    user: str = ""
    password: str = field(default="", repr=False)
    wait: int = WAIT

    def trouble(self) -> str:
        """Return what is wrong with it, in words for an administrator; or nothing."""
        if not self.host or "@" not in self.sender:
            return "a server and the sender's address are needed"
        if self.security not in {"starttls", "tls", "none"}:
            return "the security must be starttls, tls or none"
        if self.security == "none" and self.host not in {"localhost", "127.0.0.1"}:
            return "without encryption only on this very computer"
        return ""

    def send(self, what: Outgoing) -> None:
        """Hand one e-mail to the server.

        Raises:
            NotSentError: Why it was not taken.
        """
        try:
            self._mail(what).send()
        except smtplib.SMTPRecipientsRefused as error:
            raise NotSentError("refused", plain(_said(error))) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise NotSentError("closed", plain(str(error))) from error
        except (ConnectionRefusedError, smtplib.SMTPConnectError) as error:
            raise NotSentError("no_way", plain(str(error))) from error
        except TimeoutError as error:
            raise NotSentError("no_answer") from error
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
            raise NotSentError("broken_off", plain(str(error))) from error

    def _mail(self, what: Outgoing) -> EmailMessage:
        domain = self.sender.rpartition("@")[2].rstrip(">")
        return EmailMessage(
            subject=what.subject,
            body=what.text,
            from_email=self.sender,
            to=[what.to],
            headers={"Message-ID": f"<{what.id}@{domain}>"},
            connection=EmailBackend(
                host=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.security == "starttls",
                use_ssl=self.security == "tls",
                timeout=self.wait,
            ),
        )


def _said(error: smtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(
        f"{code} {words.decode('utf-8', 'replace')}"
        for code, words in error.recipients.values()
    )
