"""Filters for bags as lists show them."""

from django import template

from darbaza.parcels import tables, words
from darbaza.parcels.models import Bag
from darbaza.parcels.types import ItemRule

register = template.Library()


@register.filter
def alarm(bag: Bag) -> str:
    """Say how a bag stands against its time: none, soon, late."""
    return tables.alarm_of(bag).value


@register.filter
def alarm_words(bag: Bag) -> str:
    """Say the same in words."""
    return str(words.ALARM.get(tables.alarm_of(bag), ""))


@register.filter
def about(rule: ItemRule) -> str:
    """Say to a family what holds for goods of a category."""
    return words.about(rule)
