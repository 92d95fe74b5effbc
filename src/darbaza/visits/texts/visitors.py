"""Words for grounds on one visitor: restrictions, contact, permit, papers, age."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.pages.grounds import Text
from darbaza.visits.texts.saying import Saying
from darbaza.visits.texts.whole import HEAD, RANK

RESTRICTED = Saying(
    _("A visit is not possible until %(until)s because of a restriction. You may"
      " complain; the paper says where."),
    _("A visit is not possible now because of a restriction. You may complain; the"
      " paper says where."),
)  # fmt: skip

RESTRICTIONS = {
    "banned_everywhere": Text(
        Saying(
            _("Banned from visits in every institution until %(until)s: order"
              " %(order)s, %(authority)s."),
            _("Banned from visits in every institution until further notice: order"
              " %(order)s, %(authority)s."),
        ),
        RESTRICTED,
        HEAD,
    ),
    "banned_pair": Text(
        Saying(
            _("Banned from visits to this prisoner until %(until)s: order %(order)s,"
              " %(authority)s."),
            _("Banned from visits to this prisoner until further notice: order"
              " %(order)s, %(authority)s."),
        ),
        RESTRICTED,
        HEAD,
    ),
    "closed_only": Text(
        Saying(
            _("Visits behind glass only until %(until)s: order %(order)s,"
              " %(authority)s."),
            _("Visits behind glass only until further notice: order %(order)s,"
              " %(authority)s."),
        ),
        _("The visit is possible behind glass."),
        _("Choose a place behind glass."),
    ),
    "no_children": Text(
        Saying(
            _("No children at visits until %(until)s: order %(order)s, %(authority)s."),
            _("No children at visits until further notice: order %(order)s,"
              " %(authority)s."),
        ),
        _("The visit is possible for adults."),
        HEAD,
    ),
    "supervised": Text(
        Saying(
            _("Visits under observation until %(until)s: order %(order)s."),
            _("Visits under observation until further notice: order %(order)s."),
        ),
        _("An officer is in the room during this visit."),
    ),
    "earlier_information": Text(
        _("Earlier information: see the file, order %(order)s."),
        _("The visit is possible."),
    ),
    "restriction_met": Text(
        _("A restriction is met by this kind of visit: order %(order)s."),
        _("The visit is possible in this form."),
    ),
}  # fmt: skip

CONTACT = {
    "known_visitor": Text(
        Saying(ngettext_lazy(
            "Known: %(visits)s visit so far.", "Known: %(visits)s visits so far.",
            "visits",
        )),
        _("You are known here."),
    ),
    "new_visitor": Text(
        _("First visit: compare face and document with care."),
        _("Welcome. This is your first visit here."),
    ),
    "contact_approved": Text(
        Saying(_("Approved contact: %(kinship)s.")),
        _("You are on the list of visitors."),
    ),
    "contact_pending": Text(
        Saying(_("The contact awaits approval: %(kinship)s.")),
        _("Your request to visit is being looked at. Please ask when it is decided."),
        _("The shift supervisor may approve the contact now."),
    ),
    "contact_refused": Text(
        Saying(_("The contact was refused: %(kinship)s.")),
        _("Your request to visit was not granted. You may complain; the paper says"
          " where."),
        HEAD,
    ),
    "contact_missing": Text(
        _("Not on the list of this prisoner's contacts."),
        _("You are not on the list of visitors yet. You can ask to be put on it at"
          " this window."),
        _("Propose the contact; the shift supervisor may approve it."),
    ),
    "not_close_relative": Text(
        Saying(_("A long visit is for spouse and close relatives; this contact is:"
                 " %(kinship)s.")),
        _("Long visits are for spouses and close relatives. A short visit is"
          " possible."),
        HEAD,
    ),
    "remand_permit_ok": Text(
        Saying(ngettext_lazy(
            "Permit of the investigator or court: %(left)s visit left.",
            "Permit of the investigator or court: %(left)s visits left.",
            "left",
        )),
        _("Your permit is valid."),
    ),
    "remand_permit_missing": Text(
        _("On remand: no permit of the investigator or court is entered."),
        _("Before the sentence is final, the investigator or the court permits visits."
          " Please bring their paper."),
        _("Enter the permit, if the visitor brings one."),
    ),
    "remand_permit_used": Text(
        _("On remand: all visits of the permit have taken place."),
        _("All visits of your permit have taken place. The investigator or the court"
          " can give a new one."),
        _("Enter the new permit, if the visitor brings one."),
    ),
}  # fmt: skip

DOCUMENTS = {
    "document_expired": Text(
        _("The document expired on %(until)s."),
        _("Your document is no longer valid. Please bring a valid one."),
        RANK,
    ),
    "document_expires_soon": Text(
        Saying(ngettext_lazy(
            "The document expires in %(days)s day, on %(until)s.",
            "The document expires in %(days)s days, on %(until)s.",
            "days",
        )),
        _("Your document is valid until %(until)s. Please renew it in time."),
    ),
    "document_not_yet_valid": Text(
        _("The document is not valid yet."),
        _("Your document is not valid yet. Please bring a valid one."),
        RANK,
    ),
    "document_missing": Text(
        _("No document was shown."),
        _("Please bring a document: passport, identity card or driving licence."),
        RANK,
    ),
    "document_unknown_issuer": Text(
        _("The issuing State in the document is not known: look at it with care."),
        _("We look at your document a little longer."),
    ),
    "document_damaged": Text(
        _("The machine-readable zone is damaged or was corrected: compare every line."),
        _("Your document is damaged. Please renew it."),
    ),
    "document_by_eye": Text(
        _("A document on a telephone, checked by eye and typed."),
        _("Your document on the telephone was accepted."),
    ),
    "lawyer_without_licence": Text(
        _("No lawyer's licence or warrant was shown."),
        _("Please show your licence and your warrant."),
        RANK,
    ),
    "official_without_paper": Text(
        _("No service card, letter or warrant was shown."),
        _("Please show your service card or your letter."),
        RANK,
    ),
}  # fmt: skip

AGE = {
    "minor_alone": Text(
        _("A minor without an adult who may come in."),
        _("A child comes in together with an adult."),
        _("Add an adult, or ask the shift supervisor."),
    ),
    "minor_without_birth_certificate": Text(
        _("No birth certificate of the minor was shown."),
        _("Please bring the child's birth certificate next time."),
    ),
    "birth_date_unknown": Text(
        _("The date of birth is not known."),
        _("Please tell us the date of birth."),
    ),
    "lead_refused": Text(
        _("The lead visitor is refused, and so the whole visit."),
        _("The visit is not possible today."),
        _("Another adult may become the lead visitor."),
    ),
    "already_inside": Text(
        _("This person is already inside."),
        _("You are registered as being inside. Please ask at the window."),
        _("Let the person out first, if they have left."),
    ),
    "already_registered_today": Text(
        _("This person is already registered with this prisoner today."),
        _("You are already registered for today."),
        _("Open the visit that is there."),
    ),
}
