"""All cases: 66 texts in eight families."""

from tests.hostile import authority, channels, encodings, exfiltration, languages, override, promotion, resource

FAMILIES = (override, authority, promotion, exfiltration, encodings, languages, channels, resource)

CASES = tuple(case for family in FAMILIES for case in family.CASES)
