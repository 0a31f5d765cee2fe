"""What a penggerak does on a phone: answer, collect feedback (RF-1)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.posting import PER_PAGE, form_page, once, tried

from ..documents.sessions import letter_pdf
from ..forms.communities import AnswerForm, FeedbackForm
from ..home.sessions import todos
from ..models import Feedback, Undangan
from ..policies import UndanganPolicy
from ..selectors.follow_up import letters
from ..services.feedback import change_feedback, record_feedback, remove_feedback
from ..services.invitations import answer_invitation
from .sessions import pdf, session_list


@require_GET
def home(request):
    """Reflection's first page: sessions for UPT and Pusat, letters and what waits for everybody else."""
    actor = request.actor
    if actor.is_upt or actor.is_pusat:
        return session_list(request)
    context = {
        "todos": todos(actor),
        "page_obj": Paginator(letters(actor), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reflection/communities/home.html", context)


def _letter(request, pk: int) -> Undangan:
    rows = Undangan.objects.visible_to(request.actor).select_related("kombel", "upt", "answered_by", "rtl")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def undangan_detail(request, pk: int):
    """A letter, its answer and the feedback collected for it."""
    undangan, actor = _letter(request, pk), request.actor
    may_answer = UndanganPolicy.may(actor, "answer", undangan)
    form = AnswerForm(request.POST or None, initial=_given(undangan))
    if request.method == "POST":
        UndanganPolicy.require(actor, "answer", undangan)
        if form.is_valid():
            coming, note = form.cleaned_data["answer"] == "ya", form.cleaned_data["note"]
            done = tried(form, lambda: answer_invitation(actor=actor, undangan=undangan, coming=coming, note=note))
            if done:
                messages.success(request, _("Jawaban terkirim ke %(upt)s.") % {"upt": undangan.upt_name})
                return redirect("reflection:undangan", pk=pk)
    context = {
        "undangan": undangan,
        "form": form,
        "may_answer": may_answer,
        "feedback": Feedback.objects.visible_to(actor).filter(undangan=undangan),
    }
    return form_page(request, "reflection/communities/undangan.html", context)


def _given(undangan: Undangan) -> dict:
    answers: dict[str, str] = {Undangan.State.AKAN_HADIR: "ya", Undangan.State.BERHALANGAN: "tidak"}
    return {"answer": answers.get(undangan.state), "note": undangan.answer_note}


@require_GET
def undangan_letter(request, pk: int):
    """The letter as PDF, made of the community's own copy."""
    undangan = _letter(request, pk)
    return pdf(letter_pdf(undangan), f"undangan-{undangan.pk}.pdf")


@require_http_methods(["GET", "POST"])
def feedback_new(request, pk: int):
    """Write down what pupils, teachers or the principal said."""
    undangan, actor = _letter(request, pk), request.actor
    UndanganPolicy.require(actor, "answer", undangan)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            record_feedback(actor=actor, undangan=undangan, **form.values())
            return reverse("reflection:undangan", args=[pk]) + "#umpan-balik"

        url = tried(form, lambda: once(actor, form.cleaned_data["token"], make))
        if url:
            messages.success(request, _("Umpan balik tersimpan."))
            return redirect(url)
    return form_page(request, "reflection/communities/feedback.html", {"form": form, "undangan": undangan})


def _feedback(request, pk: int) -> Feedback:
    return get_object_or_404(Feedback.objects.visible_to(request.actor).select_related("undangan__kombel"), pk=pk)


@require_http_methods(["GET", "POST"])
def feedback_edit(request, pk: int):
    """Correct an entry of feedback."""
    feedback = _feedback(request, pk)
    UndanganPolicy.require(request.actor, "answer", feedback.undangan)
    form = FeedbackForm(request.POST or None, instance=feedback)
    if request.method == "POST" and form.is_valid():
        change = {"version": form.cleaned_data["version"] or 0, **form.values()}
        done = tried(form, lambda: change_feedback(actor=request.actor, feedback=feedback, **change))
        if done:
            messages.success(request, _("Umpan balik tersimpan."))
            return redirect("reflection:undangan", pk=feedback.undangan_id)
    context = {"form": form, "undangan": feedback.undangan, "feedback": feedback}
    return form_page(request, "reflection/communities/feedback.html", context)


@require_POST
def feedback_remove(request, pk: int):
    """Remove an entry of feedback."""
    feedback = _feedback(request, pk)
    remove_feedback(actor=request.actor, feedback=feedback)
    messages.success(request, _("Umpan balik dihapus."))
    return redirect("reflection:undangan", pk=feedback.undangan_id)
