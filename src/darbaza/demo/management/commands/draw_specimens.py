"""Draw the specimen documents again, for whoever changes ``specimens.yml``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from darbaza.demo import drawing
from darbaza.demo.specimens import FOLDER, SPECIMENS

_ZONE_FONT = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
_TEXT_FONT = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
_QUALITY = 82


class Command(BaseCommand):
    help = "Draw the specimen documents (needs Debian's fonts-ocr-b and fonts-noto)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--zone-font", type=Path, default=Path(_ZONE_FONT))
        parser.add_argument("--text-font", type=Path, default=Path(_TEXT_FONT))
        parser.add_argument("--to", type=Path, default=FOLDER)

    def handle(
        self, *, zone_font: Path, text_font: Path, to: Path, **_options: Any
    ) -> None:
        for font in (zone_font, text_font):
            if not font.is_file():
                msg = f"no font at {font}"
                raise CommandError(msg)
        fonts = drawing.Fonts(zone=zone_font, text=text_font)
        for specimen in tqdm(SPECIMENS, unit="page", disable=None):
            page = drawing.draw(
                specimen.document,
                title=specimen.title,
                cyrillic=specimen.cyrillic,
                fonts=fonts,
            )
            page.save(to / specimen.file, quality=_QUALITY, dpi=(drawing.DPI,) * 2)
        self.stdout.write(f"{len(SPECIMENS)} pages drawn")
