"""A family at its telephone, some days before: code, list, day, time, booked."""

import random
import re
from contextlib import closing
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from tests.morning.browser import Browser
from tests.morning.people import Family

REFERENCE = re.compile(r'class="big mono">([^<]+)<')
LIST = re.compile(r'<p class="mono">([^<]+)</p>')
GOODS = ("tea", 2)
EARLY, LATE = -12.0, 2.0
"""Minutes around its time in which a family with an appointment comes."""


def books(url: str, family: Family, day: date, number: int) -> None:
    """Book what a family comes for on a day; each telephone has its own address."""
    address = f"127.0.{1 + number // 250}.{1 + number % 250}"
    with closing(Browser(url, address=address)) as phone:
        page = phone.get("/family/code/")
        page = phone.send(page, page.form("/code/"), code=family.code)
        assert page.path == "/family/mine/", page.words()
        if family.errand == "parcel":
            family.list_code = _makes_list(phone)
        page = phone.get(f"/family/book/{family.errand}/times/?day={day}")
        form = page.forms("/times/")[0]
        slots = form.offered["slot"]
        slot = slots[number % len(slots)]
        family.due = datetime.strptime(slot.split("~")[1], "%Y%m%d%H%M%z")
        minutes = random.Random(number).uniform(EARLY, LATE)
        family.arrives = family.due + timedelta(minutes=minutes)
        page = phone.send(page, form, slot=slot)
        told = {"list_code": family.list_code} if family.list_code else {}
        page = phone.send(page, page.form("/confirm/"), **told)
        found = REFERENCE.search(page.text)
        assert found, page.words()
        family.reference = found[1]


def _makes_list(phone: Browser) -> str:
    """Choose goods on the page "Make a list" and read the code under the picture."""
    name, count = GOODS
    page = phone.get("/parcels/list/")
    boxes = [box for box in page.form("/list/code/").values if box.endswith(name)]
    assert boxes, page.words()
    page = phone.get("/parcels/list/code/?" + urlencode({boxes[0]: count}))
    found = LIST.search(page.text)
    assert found, page.words()
    return found[1]
