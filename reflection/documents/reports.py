"""A sent version of a report on paper."""

from django.utils.translation import override

from coordination.actors.zones import local_time

from ..models import Kind, Report, ReportVersion
from ..selectors.clock import punctuality
from . import render


def report_pdf(report: Report, version: ReportVersion) -> bytes:
    """The version word for word, with its sources counted, as PDF/UA in Indonesian."""
    content = version.content
    with override("id"):
        when = local_time(version.submitted_at, report.obligation.zone)
        return render(
            "laporan",
            {
                "upt": content["upt"],
                "siklus": content["cycle"],
                "versi": version.number,
                "pj": content["pj"],
                "kolaborator": ", ".join(content["collaborators"]) or "–",
                "dikirim": f"{when} oleh {version.submitted_by}",
                "ketepatan": punctuality(report.obligation),
                "kaki": f"Laporan refleksi komunitas belajar, {content['upt']}, {content['cycle']}",
                "komponen": [_component(part) for part in content["components"]],
            },
        )


def _component(part: dict) -> dict:
    return {
        "nomor": Kind(part["kind"]).number,
        "nama": str(Kind(part["kind"]).label),
        "alasan": part["reason"],
        "prioritas": [
            {
                "urutan": one["rank"],
                "isi": one["text"],
                "sumber": len(one["sources"]),
                "komunitas": len({source["kombel"] for source in one["sources"] if source["kombel"]}),
            }
            for one in part["priorities"]
        ],
    }
