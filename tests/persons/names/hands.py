"""Hands that write a Cyrillic name: passports of several times, typists, slips."""

import random
import re

Draw = random.Random


def _letters(text: str) -> dict[str, str]:
    """Read ``ж=zh й=y``; nothing after the sign means that the letter is left out."""
    pairs = (word.partition("=") for word in text.split())
    return {letter: other for letter, _, other in pairs}


_ICAO = _letters("""
    а=a б=b в=v г=g д=d е=e з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f
    ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch ъ= ь= ы=y э=e ю=iu я=ia ё=e
    ө=o ү=u ң=n ў=u қ=k ғ=g ҳ=h ӯ=u ӣ=i ҷ=j ә=a ұ=u і=i һ=h
""")
_STYLES = {
    "english": _letters("ж=j й=y ю=yu я=ya ё=yo х=kh ң=ng"),
    "english_h": _letters("ж=zh й=y ю=yu я=ya ё=yo х=h"),
    "geographic": _letters("ж=j ң=ng ө=ö ү=ü й=y ю=yu я=ya"),
    "soviet": _letters("ж=dzh й=y х=kh ю=yu я=ya"),
    "french": _letters("ж=j у=ou ү=ou ч=tch ш=ch щ=chtch й=i ю=iou я=ia"),
    "french_dj": _letters("ж=dj у=ou ү=ou ч=tch ш=ch х=kh"),
    "turkish": _letters("ж=c ч=ç ш=ş ы=ı й=y ю=yu я=ya х=h ө=ö ү=ü ғ=ğ"),
    "science": _letters("ж=ž ч=č ш=š щ=šč й=j ц=c ю=ju я=ja х=h"),
    "uzbek": _letters("ж=j х=x ҳ=h қ=q ғ=g' ў=o' й=y ю=yu я=ya ё=yo"),
    "tajik": _letters("ҷ=j қ=q ғ=gh х=kh ӯ=u й=y ё=yo"),
}
_OF = {
    "kyrgyz": [*_STYLES][:7],
    "uzbek": ["uzbek", "uzbek", "english", "english_h"],
    "tajik": ["tajik", "tajik", "english", "english_h"],
    "kazakh": ["english", "english_h", "turkish"],
    "russian": ["english", "english_h", "science", "french"],
}
#: Each loose letter, drawn anew for every name.
_LOOSE = _letters("""
    ж=zh,zh,j,dj,dzh й=i,y,y х=kh,h ы=y,y,i ю=yu,iu,ju я=ya,ia,ja ё=e,yo,io
    ө=o,o,oe,u ү=u,u,y,ue ң=n,ng ў=u,o қ=k,q ғ=g,gh ҳ=h,kh ҷ=j,dzh,dj
    е=e,e,e,ye в=v,v,v,w у=u,u,u,ou щ=shch,sch ц=ts,ts,c
""")
_RUSSIFIED = _letters("""
    ө=о ү=у ң=н ў=у қ=к ғ=г ҳ=х ӯ=у ӣ=и ҷ=дж ё=е ә=а ұ=у і=и һ=х
""")
_KIN_LATIN = {
    "уулу": ["uulu", "uulu", "ulu", "uluu", "oulou"],
    "кызы": ["kyzy", "kyzy", "kizi", "kyzi"],
    "ўғли": ["o'g'li", "ogli", "ugli"],
    "қизи": ["qizi", "kizi"],
}
_KIN_RUSSIFIED = {
    "уулу": ["уулу", "улу"],
    "кызы": ["кызы"],
    "ўғли": ["угли"],
    "қизи": ["кизи"],
}
_TYPO = re.compile(r"[A-Za-z]{5,}")


def _written(text: str, letters: dict[str, str], draw: Draw) -> str:
    words = [
        draw.choice(_KIN_LATIN[word])
        if word in _KIN_LATIN
        else "".join(letters.get(char, char) for char in word)
        for word in text.lower().split(" ")
    ]
    words = ["-".join(x.capitalize() for x in word.split("-")) for word in words]
    found = " ".join(words)
    return found.upper() if draw.random() < 0.35 else found


def same(text: str, people: str, draw: Draw) -> str:
    """Leave the name as it is."""
    del people, draw
    return text


def icao(text: str, people: str, draw: Draw) -> str:
    """Write as passports do: ICAO Doc 9303."""
    del people
    return _written(text, _ICAO, draw)


def styled(text: str, people: str, draw: Draw) -> str:
    """Write in one tradition of the people, consistently."""
    return _written(text, _ICAO | _STYLES[draw.choice(_OF[people])], draw)


def loose(text: str, people: str, draw: Draw) -> str:
    """Write as one hears: each letter in a hand of its own."""
    del people
    drawn = {char: draw.choice(forms.split(",")) for char, forms in _LOOSE.items()}
    return _written(text, _ICAO | drawn, draw)


def any_latin(text: str, people: str, draw: Draw) -> str:
    """Write in any of these hands."""
    hand = draw.choice([icao, icao, styled, loose])
    return hand(text, people, draw)


def russified(text: str, people: str, draw: Draw) -> str:
    """Write with Russian letters only, as older papers do."""
    del people
    letters = _RUSSIFIED | ({"ж": "дж"} if draw.random() < 0.35 else {})
    words = [
        draw.choice(_KIN_RUSSIFIED[word])
        if word in _KIN_RUSSIFIED
        else "".join(letters.get(char, char) for char in word.lower()).capitalize()
        for word in text.split(" ")
    ]
    return " ".join(words)


def zone(text: str, people: str, draw: Draw, width: int) -> str:
    """Write the name field of a machine-readable zone, cut at its end."""
    plain = icao if draw.random() < 0.7 else loose
    words = re.sub(r"[^A-Z -]", "", plain(text, people, draw).upper()).split()
    kin = len(words) == 3 and text.split()[1] in _KIN_LATIN
    first = 2 if kin else 1
    name = "<".join(words[:first]) + "<<" + "<".join(words[first:])
    return name.replace("-", "<").ljust(width, "<")[:width]


def typo(text: str, draw: Draw) -> str:
    """Make one slip of the pen in one word; now and then one in two words."""
    found = [m.span() for m in _TYPO.finditer(text)] or [(0, len(text))]
    many = 2 if draw.random() < 0.15 else 1
    for start, end in sorted(draw.sample(found, min(many, len(found))), reverse=True):
        text = text[:start] + _slip(text[start:end], draw) + text[end:]
    return text


def _slip(word: str, draw: Draw) -> str:
    first = 0 if draw.random() < 0.07 else 1
    i = draw.randrange(first, len(word) - 1)
    other = draw.choice("abdeghiklmnoprstuvyz")
    other = other.upper() if word[i].isupper() else other
    turned = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    slips = (
        *[word[:i] + word[i + 1 :]] * 3,  # left out
        *[word[:i] + word[i] + word[i:]] * 2,  # doubled
        *[turned] * 3,
        *[word[:i] + other + word[i + 1 :]] * 3,  # another letter
        word[:i] + other + word[i:],  # one too many
    )
    return draw.choice(slips)
