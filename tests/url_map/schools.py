"""Addresses of the lists of schools and their import, in coordination/actors."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coordination.actors.models import Organisation, SchoolImport
from tests.actors.school_files import as_csv, row

from . import DINAS, DINAS_DEPOK, EVERYONE, PUSAT, UPT, UPT_JABAR, Part, Ref, Row, fresh_token
from .world import Site

IMPORTERS = f"admin {UPT} {DINAS}"
DINAS_OF = {
    "depok": ("dinas_3276", f"{PUSAT} {UPT_JABAR} pmp_jabar {DINAS_DEPOK}"),
    "smk_depok": ("dinas_32", f"{PUSAT} {UPT_JABAR} pmp_jabar dinas_jabar"),
    "balikpapan": ("dinas_6471", f"{PUSAT} upt_kaltim dinas_balikpapan"),
}


def school_list() -> SimpleUploadedFile:
    return SimpleUploadedFile("sekolah.csv", as_csv([row(), row(NPSN="x")]))


ROWS = [
    Row("school_list", query={"q": Part("school", "name"), "bentuk": "SD"}, may=EVERYONE),
    Row("school_list", query={"provinsi": "32", "kabkota": "32.76", "page": "2"}, may=EVERYONE),
    Row(
        "school_detail",
        url={"npsn": Ref("school", "npsn")},
        may=f"{PUSAT} {UPT} {DINAS} kepsek kepsek_smk kepsek_balikpapan guru operator penggerak "
        "penggerak_balikpapan pengawas",
    ),
    Row("school_imports", may=IMPORTERS),
    Row("school_imports", "POST", body={"file": school_list, "token": fresh_token}, may=IMPORTERS, changing=True),
    Row("school_import_template", url={"form": "csv"}, may=EVERYONE),
    Row("school_import", url={"pk": Ref("school_import")}, may=f"{PUSAT} {UPT} {DINAS}"),
    Row("school_import_wrong", url={"pk": Ref("school_import")}, may=f"{PUSAT} {UPT} {DINAS}"),
    Row("school_import_run", "POST", url={"pk": Ref("checked_import")}, may=f"admin {UPT}"),
    Row("api_school_imports", may=EVERYONE),
    Row("api_school_imports", "POST", body={"file": school_list, "token": fresh_token}, may=IMPORTERS, changing=True),
    Row("api_school_import", url={"pk": Ref("school_import")}, may=f"{PUSAT} {UPT} {DINAS}"),
    Row(
        "api_import_rows", url={"pk": Ref("school_import")}, query={"outcome": "refused"}, may=f"{PUSAT} {UPT} {DINAS}"
    ),
    Row("api_import_refused", url={"pk": Ref("school_import")}, may=f"{PUSAT} {UPT} {DINAS}"),
    Row("api_import_run", "POST", url={"pk": Ref("checked_import")}, may=f"admin {UPT}"),
    Row("api_import_undo", "POST", url={"pk": Ref("imported_import")}, may=f"admin {UPT}"),
    Row("school_import_undo", "POST", url={"pk": Ref("imported_import")}, may=f"admin {UPT}"),
]


def build(at: Site) -> None:
    """The office's, or the place's Dinas', lists: one checked and one imported, with a refused row each."""
    if at.office:
        for state in ("checked", "imported"):
            made = _import(at, at.office, state, only="")
            at.give(f"{state}_import", made)
            at.give("school_import", made)
    else:
        code, seen_by = DINAS_OF[at.name]
        made = _import(at, Organisation.objects.get(code=code), "checked", only=seen_by)
        at.give("school_import", made, only=seen_by)


def _import(at: Site, office: Organisation, state: str, *, only: str) -> SchoolImport:
    name = at.canary(f"daftar{state}", only=only)
    made = SchoolImport.objects.create(
        organisation=office,
        path=office.path,
        user=at.person("admin"),
        filename=name,
        state=state,
        total=2,
        new=1,
        refused=1,
        imported_at=timezone.now() if state == "imported" else None,
        wrong_rows=default_storage.save("impor/salah.csv", ContentFile(name.encode())),
    )
    problem = {"column": "NPSN", "content": name, "why": "Contoh.", "mend": "Contoh.", "fatal": True}
    made.rows.create(path=office.path, number=2, npsn="x", outcome="refused", problems=[problem])
    return made
