"""Schools of an area and the lists they came from."""

from functools import reduce
from operator import or_

from django.db.models import CharField, Count, F, Lookup, Q, QuerySet, TextField
from django.db.models.fields.json import KT

from ..actor import Actor
from ..models import Organisation, School, SchoolImport, SchoolImportRow, Wilayah
from ..schools.kinds import readings
from ..schools.problems import OUTSIDE

PREVIEW = 50
"""Rows shown of each kind before an import; the counts name all of them."""


@CharField.register_lookup
@TextField.register_lookup
class Begins(Lookup):
    """`^@`: unlike LIKE it may use an index behind the wall, because it cannot leak a foreign row."""

    lookup_name = "begins"
    prepare_rhs = True

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", [*left_params, *right_params]


def schools(
    actor: Actor,
    *,
    provinsi: str = "",
    kabkota: str = "",
    kecamatan: str = "",
    bentuk: str = "",
    status: str = "",
    search: str = "",
) -> QuerySet[School]:
    """Schools the actor may see; `search` is the beginning of an NPSN or words of the name (SMAN is SMA NEGERI).

    The wall narrows an office's rows by their path before a name is compared; Pusat's, who see the whole
    country, come in the order of the region so that no page sorts 440,000 names.
    """
    rows = School.objects.visible_to(actor).select_related("kabkota", "kecamatan")
    for name, value in (("provinsi", provinsi), ("kabkota", kabkota), ("kecamatan", kecamatan)):
        if value:
            rows = rows.filter(**{f"{name}_id": value})
    if bentuk:
        rows = rows.filter(bentuk=bentuk)
    if status:
        rows = rows.filter(status=status)
    words = search.split()[:4]
    if len(words) == 1 and words[0].isdigit() and len(words[0]) >= 4:
        rows = rows.filter(npsn__begins=words[0])
    else:
        for spellings in readings(words):
            rows = rows.filter(reduce(or_, (Q(name__icontains=one) for one in spellings)))
    narrowed = bool(kabkota or kecamatan or words)
    return rows if narrowed or not (actor.is_pusat or actor.is_vocational) else rows.order_by("path")


def areas_to_choose(actor: Actor, *, provinsi: str = "", kabkota: str = "") -> dict[str, list[tuple[str, str]]]:
    """The regions a filter offers, in one statement: provinces, then kab/kota and kecamatan of what is chosen."""
    provinces, province, regency = _area(actor, provinsi, kabkota)
    wanted = Q(pk__in=[])
    if provinces != ():
        wanted |= Q(level=Wilayah.Level.PROVINSI) if provinces is None else Q(pk__in=provinces)
    if province:
        wanted |= Q(level=Wilayah.Level.KABKOTA, parent=province)
    if regency:
        wanted |= Q(level=Wilayah.Level.KECAMATAN, parent=regency)
    found: dict[str, list[tuple[str, str]]] = {level: [] for level in Wilayah.Level.values}
    if wanted != Q(pk__in=[]):
        for code, level, name in Wilayah.objects.filter(wanted).order_by("name").values_list("code", "level", "name"):
            found[level].append((code, name))
    return found


def _area(actor: Actor, provinsi: str, kabkota: str) -> tuple[tuple[str, ...] | None, str, str]:
    """Provinces to offer (None: all of them), the province whose kab/kota, the kab/kota whose kecamatan."""
    acting = actor.acting
    if acting is None:
        return (), "", ""
    if actor.is_pusat or actor.is_vocational:
        return None, provinsi, _within(kabkota, provinsi)
    if actor.is_upt:
        several = len(acting.serves) > 1
        chosen = (provinsi if provinsi in acting.serves else "") if several else "".join(acting.serves)
        return (acting.serves if several else ()), chosen, _within(kabkota, chosen)
    if actor.is_dinas and acting.wilayah:
        if acting.unit == "dinas_kabkota":
            return (), "", acting.wilayah
        return (), acting.wilayah, _within(kabkota, acting.wilayah)
    return (), "", ""


def _within(code: str, around: str) -> str:
    """The code if it lies in the region around it; a filter must not offer the inside of another area."""
    return code if around and code.startswith(f"{around}.") else ""


def office_that_answers(school: School) -> Organisation | None:
    """The Dinas in whose hands a school is: the kab/kota's, or for the upper level the province's."""
    dasar = school.level == School.Level.DASAR
    return Organisation.objects.filter(
        unit="dinas_kabkota" if dasar else "dinas_provinsi",
        wilayah_id=school.kabkota_id if dasar else school.provinsi_id,
    ).first()


def imports(actor: Actor) -> QuerySet[SchoolImport]:
    """Imports the actor may see, newest first."""
    return SchoolImport.objects.visible_to(actor).select_related("organisation", "user")


def wrong_rows(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    return _refused(school_import).exclude(_OUTSIDE).order_by("number")[:PREVIEW]


def outside_rows(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    """Rows of schools for which another office answers."""
    return _refused(school_import).filter(_OUTSIDE).order_by("number")[:PREVIEW]


def outside_offices(school_import: SchoolImport) -> list[dict]:
    """The offices that answer for those rows: how many rows each has, and of which kinds; the largest first."""
    counted = (
        _refused(school_import)
        .filter(_OUTSIDE)
        .values(office=KT("problems__-1__whose__office"), kind=KT("problems__-1__whose__kind"))
        .annotate(rows=Count("pk"))
        .order_by("-rows", "kind", "office")
    )
    found: dict[str, dict] = {}
    for one in counted:
        office = found.setdefault(one["office"], {"office": one["office"], "rows": 0, "kinds": []})
        office["rows"] += one["rows"]
        office["kinds"].append((one["kind"], one["rows"]))
    return sorted(found.values(), key=lambda one: -one["rows"])


def _refused(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    return school_import.rows.filter(outcome="refused")


_OUTSIDE = Q(problems__contains=[{"code": OUTSIDE}])


def kept_rows(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    """Rows an undo left in place, each with the reason as its last problem."""
    return school_import.rows.filter(outcome="kept").order_by("number")[:PREVIEW]


def noted_rows(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    """Good rows of which a value was left out or corrected."""
    return (
        school_import.rows.filter(outcome__in=("new", "changed", "unchanged"))
        .exclude(problems=[])
        .order_by("number")[:PREVIEW]
    )


def new_rows(school_import: SchoolImport) -> QuerySet[SchoolImportRow]:
    return school_import.rows.filter(outcome="new").order_by("number")[:PREVIEW]


def changed_rows(school_import: SchoolImport) -> list[dict]:
    """Changed rows with what each value was and will be (or has become)."""
    rows = list(school_import.rows.filter(outcome="changed").order_by("number")[:PREVIEW])
    asked = [row.school_id for row in rows if row.before is None and row.school_id]
    now = {one["pk"]: one for one in School.objects.filter(pk__in=asked).values(*_SHOWN, pk=F("id"))}
    found = []
    for row in rows:
        old, data = row.before or now.get(row.school_id, {}), row.data or {}
        pairs = [
            (_SHOWN[field], old.get(field), value)
            for field, value in data.items()
            if field in _SHOWN and old.get(field) != value
        ]
        found.append({"row": row, "name": data.get("name", ""), "changes": pairs})
    return _with_region_names(found)


def _with_region_names(found: list[dict]) -> list[dict]:
    codes = {value for one in found for pair in one["changes"] for value in pair[1:] if "." in str(value)}
    names = dict(Wilayah.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}
    for one in found:
        one["changes"] = [(label, names.get(old, old), names.get(value, value)) for label, old, value in one["changes"]]
    return found


_SHOWN = {
    field.attname: field.verbose_name
    for field in School._meta.concrete_fields
    if field.name not in {"id", "npsn", "path", "active", "updated_at", "details"}
}
