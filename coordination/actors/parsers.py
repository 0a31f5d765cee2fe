"""What the API reads."""

import json

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ReadableJSONParser(JSONParser):
    """Refuses JSON that Python reads but nothing after it can: lists too deep, and half a pair of surrogates."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            found = super().parse(stream, media_type, parser_context)
            json.dumps(found, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            raise ParseError(_("Isi JSON ini tidak bisa dibaca.")) from error
        return found
