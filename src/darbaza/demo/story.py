"""The people of the specimen documents: visitors of prison 27, each with a story.

What the page "Try it" promises stands here beside what is entered, so that the two
cannot drift apart; a test lets the desk decide on each.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.custody.types import Admission, Regime
from darbaza.demo import limits, portraits, register
from darbaza.demo.agenda import Agenda
from darbaza.demo.history import Planner
from darbaza.demo.house import MINUTES, House
from darbaza.demo.parties import Plan, Visiting
from darbaza.demo.people import Somebody
from darbaza.demo.register import File, Visitor
from darbaza.demo.specimens import SPECIMENS, Specimen
from darbaza.persons import services as persons
from darbaza.persons.mrz.types import Document
from darbaza.persons.types import DocumentDraft, PersonDraft

KINDS: Final = {"P": "passport", "V": "visa", "I": "id_card", "A": "id_card"}


@dataclass(frozen=True, slots=True)
class Story:
    """One specimen: whom its holder wants to visit, and what the desk will say."""

    specimen: str
    prisoner: tuple[str, str]
    """Surname and given name."""
    age: int
    number: str
    kinship: str
    state: str
    """approved, pending, refused; "" where nobody knows the person yet."""
    effect: str
    """green, amber or red: the colour of the decision."""
    who: str | Promise
    """Who that is to whom."""
    then: str | Promise
    """What will happen, and what to do next."""
    kind: str = "short"
    visits_before: int = 0
    restriction: str = ""
    """banned (everywhere) or closed (this pair)."""


STORIES: Final = (
    Story(
        "asanova-passport", ("Асанов", "Бакыт"), 41, "27-00001", "spouse",
        "approved", "green", _("Wife, approved, has been here before"),
        _("Found at once; one key registers her and prints the pass."),
        visits_before=2,
    ),
    Story(
        "asanova-child-card", ("Асанов", "Бакыт"), 41, "27-00001", "child",
        "approved", "amber", _("Their daughter, ten years old"),
        _("Alone the desk warns of her. Add her to her mother’s visit with F6."),
    ),
    Story(
        "toktomamatov-passport", ("Токтомаматов", "Нурбек"), 36, "27-00002", "sibling",
        "", "amber", _("Brother, never been here"),
        _("A new person, taken over from the document. The desk warns that nobody "
          "approved him; propose him as a contact."),
    ),
    Story(
        "asan-kyzy-card", ("Асан уулу", "Эрлан"), 29, "27-00003", "sibling",
        "pending", "amber", _("Sister, proposed but not approved yet"),
        _("The desk warns until the shift supervisor approves the contact."),
    ),
    Story(
        "beishenaliev-card", ("Бейшеналиев", "Тилек"), 33, "27-00004", "parent",
        "approved", "red", _("Father, banned in every prison"),
        _("Refused with order, authority and end of the ban; print the paper for the "
          "family and enter a complaint."),
        restriction="banned",
    ),
    Story(
        "omarov-foreign-passport", ("Сатыбалдиев", "Руслан"), 44, "27-00005", "friend",
        "approved", "red", _("Friend with a foreign passport"),
        _("At an open table he is refused. Choose “behind glass” and he may come in."),
        restriction="closed",
    ),
    Story(
        "mamytova-expired-passport", ("Мамытов", "Азамат"), 39, "27-00006", "parent",
        "approved", "amber", _("Mother with an expired passport"),
        _("The rule on expired documents is not yet verified by a lawyer: it warns "
          "and never refuses."),
        visits_before=1,
    ),
    Story(
        "sydykov-card-ends-soon", ("Сыдыков", "Марат"), 31, "27-00007", "sibling",
        "approved", "amber", _("Brother whose card ends soon"),
        _("He may come in; the desk says when the card ends."),
        visits_before=1,
    ),
    Story(
        "novak-visa", ("Орлов", "Денис"), 47, "27-00008", "lawyer",
        "", "amber", _("Lawyer with a visa"),
        _("Choose “lawyer” as the kind of visit and tick the licence: no allowance "
          "is used and nobody listens."),
        kind="lawyer",
    ),
    Story(
        "rahimov-residence-permit", ("Саидов", "Тохир"), 38, "27-00009", "relative",
        "refused", "red", _("Relative whose contact was refused"),
        _("Refused; only the director may lift that, with a reason that "
          "headquarters reads."),
    ),
)  # fmt: skip


def specimen_of(story: Story) -> Specimen:
    """Return the document of a story."""
    return next(s for s in SPECIMENS if s.key == story.specimen)


def tell(house: House, agenda: Agenda, planner: Planner) -> None:
    """Enter the people of the specimens, and their earlier visits."""
    files: dict[str, File] = {}
    for place, story in enumerate(STORIES):
        file = files.get(story.number)
        if file is None:
            file = files[story.number] = _file(house, story, place)
        if story.state:
            visitor = _visitor(house, file, story)
            for number in range(story.visits_before):
                _visit(house, agenda, planner, (file, visitor, number))


def _file(house: House, story: Story, place: int) -> File:
    surname, given = story.prisoner
    somebody = house.people.called(surname, given, "M", story.age)
    admitted = house.start.date() - timedelta(days=400 + 70 * place)
    draft = Admission(
        person_id=house.by.id,
        number=story.number,
        legal_status="sentenced",
        regime=Regime.STRICT,
        conditions="eased",
        term_ends_on=admitted + timedelta(days=2_600),
        cell_id=house.cells[place * 10 % len(house.cells)][1],
        identity_confirmed=True,
    )
    file = register.admit(house, somebody, draft, admitted)
    drawn = portraits.draw("M", house.chance)
    persons.store_photo(file.person_id, drawn, by=house.by, at=house.start)
    return file


def _visitor(house: House, file: File, story: Story) -> Visitor:
    specimen = specimen_of(story)
    somebody = Somebody(*drafts(specimen), nation="kyrgyz")
    visitor = register.meet(house, file, somebody, story.kinship, story.state)
    drawn = portraits.draw(visitor.sex, house.chance)
    photo = persons.store_photo(visitor.person_id, drawn, by=house.by, at=house.start)
    visitor.photo_id = photo.pk
    words = "Тыюу салынган буюм алып келген"
    if story.restriction == "banned":
        limits.restrict(
            house, "banned", "prohibited_items", words, person_id=visitor.person_id
        )
    elif story.restriction == "closed":
        pair = {"person_id": visitor.person_id, "prisoner_id": file.prisoner_id}
        limits.restrict(house, "closed", "prohibited_items", words, **pair)
    return visitor


def _visit(
    house: House,
    agenda: Agenda,
    planner: Planner,
    who: tuple[File, Visitor, int],
) -> None:
    file, visitor, number = who
    day = house.today - timedelta(days=(house.scale.days - 4) // (number + 1))
    hour = house.prison.hours[0]
    starts = house.moment(day, hour)
    plan = Plan(
        file,
        (visitor,),
        (),
        "short",
        starts,
        starts + timedelta(minutes=MINUTES),
        planner.session("open", day, hour),
    )
    Visiting(house, agenda, plan).begin()


def drafts(specimen: Specimen) -> tuple[PersonDraft, DocumentDraft]:
    """Return person and document as the desk would take them from the page."""
    document = specimen.document
    surname, given, father = _parts(specimen.cyrillic)
    person = PersonDraft(
        surname=surname,
        given_names=given,
        patronymic=father,
        surname_latin=document.surname,
        given_names_latin=document.given_names,
        sex=document.sex,
        birth_on=document.birth_on,
        citizenship=document.nationality,
        personal_number=document.personal_number,
    )
    return person, _paper(document)


def _paper(document: Document) -> DocumentDraft:
    return DocumentDraft(
        kind=KINDS[document.document_code[:1]],
        number=document.document_number,
        issuer=document.issuer,
        expires_on=document.expires_on,
        mrz="\n".join(document.lines),
        source="reader",
    )


def _parts(cyrillic: str) -> tuple[str, str, str]:
    words = cyrillic.split()
    if len(words) > 2 and words[1] in {"уулу", "кызы"}:
        words = [" ".join(words[:2]), *words[2:]]
    surname, given, father, *_rest = (*words, "", "", "")
    return surname, given, father
