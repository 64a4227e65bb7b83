"""People and their roles, looked after by administrators."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.common.errors import Refused
from tracker.common.lists import cut_page, query_without
from tracker.region.models import Mission

from ..choices import Standing
from ..filters import PeopleFilter
from ..forms.people import InviteForm, LeavingForm, MembershipForm, PersonForm, RoleForm
from ..guards import administrators_only
from ..models import Membership, User
from ..policies import has_second_factor
from ..requests import PersonRequest
from ..services import (
    close_account,
    grant_membership,
    invite_again,
    invite_person,
    remove_second_factor,
    save_membership,
    save_person,
    take_back_invitation,
)
from ..tables import PeopleTable
from ..wording import say_roles, say_standing

asks = require_http_methods(["GET", "HEAD", "POST"])


def _people() -> QuerySet[Any]:
    memberships = Membership.objects.select_related("mission", "stand_in").order_by("starts_on", "pk")
    people = User.objects.with_standing(now=timezone.now())
    found: QuerySet[Any] = people.prefetch_related(Prefetch("memberships", queryset=memberships))
    return found


@require_safe
@administrators_only
def people(request: PersonRequest) -> HttpResponse:
    """Everybody with an account, filtered, sorted, in pages."""
    chosen = PeopleFilter(request.GET, queryset=_people().order_by("left_at", "-is_active", "name", "email"))
    chosen.offer("mission", Mission.objects.order_by("name").values_list("code", "name"))
    table = PeopleTable(chosen.qs)
    sizes = cut_page(request, table, usual=50)
    return render(
        request,
        "access/people.html",
        {
            "table": table,
            "filter": chosen,
            "filters": [(words, query_without(request, name, "page")) for name, words in chosen.active()],
            "total": chosen.count_all(),
            "kept": query_without(request, "page", "per_page"),
            "sizes": sizes,
        },
    )


@asks
@administrators_only
def invite(request: PersonRequest) -> HttpResponse:
    """Make an account and write to its owner."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = invite_person(**form.granted, link=_link(request), user=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(person)s is invited: the mail to %(address)s is on its way.")
            messages.success(request, said % {"person": person, "address": person.email})
            return redirect("person", person.pk)
    return render(request, "access/invite.html", {"form": form}, status=_status(form))


@asks
@administrators_only
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """One person: name, account, roles; and another role."""
    found = get_object_or_404(_people(), pk=pk)
    of_person = PersonForm(instance=User.objects.get(pk=pk))
    role = RoleForm()
    if request.method == "POST" and found.left_at is None:
        if "role" in request.POST:
            role = RoleForm(request.POST)
            if role.is_valid() and _try(
                role, grant_membership, person=found, **role.granted, user=request.user
            ):
                messages.success(request, _("The role is given."))
                return redirect("person", pk)
        else:
            of_person = PersonForm(request.POST, instance=of_person.instance)
            if of_person.is_valid() and _try(
                of_person, save_person, person=of_person.instance, user=request.user
            ):
                messages.success(request, _("Saved."))
                return redirect("person", pk)
    today = timezone.localdate()
    memberships = list(found.memberships.all())
    over = [each for each in memberships if each.ends_on and each.ends_on < today]
    return render(
        request,
        "access/person.html",
        {
            "person": found,
            "form": of_person,
            "role": role,
            "held": say_roles(each for each in memberships if each not in over),
            "over": say_roles(over),
            "standing": Standing(found.standing).label,
            "standing_said": say_standing(found),
            "has_factor": has_second_factor(found),
            "is_oneself": found.pk == request.user.pk,
        },
        status=_status(of_person, role),
    )


@asks
@administrators_only
def membership(request: PersonRequest, pk: int) -> HttpResponse:
    """From when to when a role is held, and who stands in."""
    found = get_object_or_404(Membership.objects.select_related("user", "mission"), pk=pk)
    whose = found.user
    if whose.left_at is not None:
        return redirect("person", whose.pk)
    form = MembershipForm(request.POST if request.method == "POST" else None, instance=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, save_membership, membership=form.instance, user=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("person", whose.pk)
    role = found.get_role_display()
    context = {"membership": found, "person": whose, "role": role, "form": form}
    return render(request, "access/membership.html", context, status=_status(form))


@asks
@administrators_only
def leaving(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody leaves, after it was said what that means."""
    found = get_object_or_404(_people(), pk=pk, left_at=None)
    form = LeavingForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, close_account, person=found, name=form.cleaned_data["name"], user=request.user)
    ):
        messages.success(request, _("The account is closed, and the address is gone. The name stays."))
        return redirect("person", pk)
    return render(request, "access/leaving.html", {"person": found, "form": form}, status=_status(form))


@require_POST
@administrators_only
def invite_once_more(request: PersonRequest, pk: int) -> HttpResponse:
    """Send another link; the earlier one is dead."""
    found = get_object_or_404(User, pk=pk)
    done = _("Another invitation is on its way; an earlier link no longer works.")
    return _take(request, found, done, invite_again, link=_link(request))


@require_POST
@administrators_only
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The link no longer works, and the account is closed."""
    done = _("The invitation is taken back: its link no longer works, and the account is closed.")
    return _take(request, get_object_or_404(User, pk=pk), done, take_back_invitation)


@require_POST
@administrators_only
def remove_factor(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody's phone is lost."""
    done = _("The second factor is removed, and every session has ended: the password is enough to sign in.")
    return _take(request, get_object_or_404(User, pk=pk), done, remove_second_factor)


def _take(request: PersonRequest, found: User, done: str, step: Any, **more: Any) -> HttpResponse:
    """One step of a person's page; what came of it is said there."""
    try:
        step(person=found, user=request.user, **more)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("person", found.pk)


def _try(form: BaseForm, service: Any, **values: Any) -> bool:
    """Call a service; what it refuses is said on the form, with all that was typed still in it."""
    try:
        service(**values)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _status(*forms: BaseForm) -> int:
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200


def _link(request: PersonRequest) -> str:
    return request.build_absolute_uri(reverse("invitation", args=["TOKEN"]))
