from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Actor
from coordination.actors.forms import OnceForm
from coordination.actors.models import Membership, Role, User

from ..models import Cluster, Kombel, Member
from ..selectors.findings import cluster_kinds

AT_SCHOOL = (Role.KEPSEK, Role.GURU, Role.PENGGERAK)


def people_near(actor: Actor, kombel: Kombel):
    """Present memberships at the kombel's own school, as far as the actor reads them."""
    rows = Membership.objects.visible_to(actor).filter(school=kombel.school_id, role__in=AT_SCHOOL)
    rows = rows.filter(Q(until=None) | Q(until__gte=actor.today()))
    return rows.select_related("user", "school").order_by("user__name", "id")


def membership_by_email(actor: Actor, email: str) -> Membership | None:
    """The present school membership in the actor's area of whoever has this address."""
    users = User.objects.annotate(address=Lower("email")).filter(address=email.strip().lower())
    rows = Membership.objects.visible_to(actor).filter(user__in=users, school__isnull=False, role__in=AT_SCHOOL)
    rows = rows.filter(Q(until=None) | Q(until__gte=actor.today()))
    return rows.select_related("user", "school").order_by("id").first()


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return f"{obj.user.name} · {obj.get_role_display()}"


class FindPerson(OnceForm):
    """Names somebody with an account: from a list inside a school, by e-mail between schools."""

    membership = PersonChoice(Membership.objects.none(), label=_("Orang"), required=False)
    email = forms.EmailField(label=_("Surel akun"), required=False)

    def __init__(self, *args, actor: Actor, kombel: Kombel, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor, self.kombel = actor, kombel
        if kombel.school_id:
            del self.fields["email"]
            self.fields["membership"].queryset = people_near(actor, kombel)
        else:
            del self.fields["membership"]

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("email"):
            data["membership"] = membership_by_email(self.actor, data["email"])
            if data["membership"] is None:
                self.add_error("email", _("Tidak ada akun sekolah dengan surel ini di jangkauan Anda. Undang dulu."))
        return data


class AppointForm(FindPerson):
    """Make somebody a penggerak, with what KB-5 asks."""

    agreed = forms.BooleanField(label=_("Disepakati warga sekolah"), required=False)
    active_member = forms.BooleanField(label=_("Aktif menjadi bagian dari komunitas"), required=False)
    moves_members = forms.BooleanField(label=_("Berkomitmen menggerakkan anggota komunitas"), required=False)
    facilitates = forms.BooleanField(label=_("Berkomitmen memfasilitasi proses belajar anggota"), required=False)
    whatsapp = forms.RegexField(
        r"^(\+?[0-9][0-9 -]{7,18})?$",
        label=_("Nomor WhatsApp"),
        required=False,
        help_text=_("Dilihat pengelola komunitas, Dinas dan UPT untuk menghubungi penggerak."),
    )
    field_order = ["membership", "email", "agreed", "active_member", "moves_members", "facilitates", "whatsapp"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("membership", "email"):
            if name in self.fields:
                self.fields[name].required = True
        if not self.kombel.school_id:
            del self.fields["agreed"]

    def values(self) -> dict:
        left_out = ("token", "email")
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class DutyAndClusterForm(forms.Form):
    """A member's duty in the structure and, inside a school, their cluster."""

    duty = forms.ChoiceField(label=_("Tugas"), choices=Member.Duty.choices)
    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Klaster"), required=False)

    def __init__(self, *args, actor: Actor, kombel: Kombel, **kwargs):
        super().__init__(*args, **kwargs)
        if kombel.school_id:
            self.fields["cluster"].queryset = Cluster.objects.visible_to(actor).filter(kombel=kombel)
        else:
            del self.fields["cluster"]


class MemberForm(FindPerson):
    """Add a member: somebody with an account, or a name."""

    name = forms.CharField(label=_("Nama"), max_length=120, required=False, help_text=_("Bila belum punya akun."))
    origin = forms.CharField(label=_("Asal sekolah"), max_length=160, required=False)
    duty = forms.ChoiceField(label=_("Tugas"), choices=Member.Duty.choices, initial=Member.Duty.ANGGOTA)
    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Klaster"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.kombel.school_id:
            del self.fields["origin"]
            self.fields["cluster"].queryset = Cluster.objects.visible_to(self.actor).filter(kombel=self.kombel)
        else:
            del self.fields["cluster"]

    def clean(self) -> dict:
        data = super().clean() or {}
        if not data.get("membership") and not data.get("name") and not self.errors:
            self.add_error("name", _("Pilih orangnya atau tulis namanya."))
        return data

    def values(self) -> dict:
        left_out = ("token", "email")
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class ClusterForm(OnceForm):
    """A new cluster; the kinds offered follow the jenjang (KB-2)."""

    kind = forms.ChoiceField(label=_("Pengelompokan"))
    name = forms.CharField(label=_("Nama klaster"), max_length=80)

    def __init__(self, *args, kombel: Kombel, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Cluster.Kind(kind).label) for kind in cluster_kinds(kombel.jenjang)]


class EndForm(forms.Form):
    """Why somebody stops leading, or a kombel stops."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)
