"""A person's notices, and what they want of them by mail. Everybody sees their own and nobody else's."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.policies import rights_of
from tracker.access.requests import LONGEST_ID, PersonRequest

from . import services
from .choices import USUALLY, HowOften
from .forms import PreferencesForm
from .models import Notice, NoticePreference
from .policies import kinds_for
from .wording import Words, say_mail, say_notice

PAGE_SIZE = 25


@dataclass(frozen=True)
class Shown:
    """A notice as the list shows it."""

    notice: Notice
    words: Words
    mail: str


@login_required
@require_GET
def list_notices(request: PersonRequest) -> HttpResponse:
    """All that this person was told, newest first."""
    told = Notice.objects.told(request.user).newest_first().select_related("mail")
    page = Paginator(told, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [
        Shown(notice, say_notice(notice.kind, notice.params), say_mail(notice)) for notice in page.object_list
    ]
    newest = told.values_list("pk", flat=True).order_by("-pk").first()
    return render(
        request,
        "notices/notices.html",
        {
            "page": page,
            "shown": shown,
            "unread": Notice.objects.told(request.user).unread().count(),
            "newest": newest,
            "is_concerned": bool(kinds_for(rights_of(request.user))),
        },
    )


@login_required
@require_POST
def mark_all_read(request: PersonRequest) -> HttpResponse:
    """Mark as read what the page showed and all before it."""
    up_to = request.POST.get("up_to", "")
    if not (up_to.isdecimal() and len(up_to) <= LONGEST_ID):
        messages.error(request, _("Nothing was marked: open the page again, and press the button there."))
        return redirect("notices")
    count = services.mark_read(person=request.user, up_to=int(up_to))
    messages.success(
        request,
        ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
        % {"count": count},
    )
    return redirect("notices")


@login_required
@require_GET
def open_notice(request: PersonRequest, pk: int) -> HttpResponse:
    """Go where a notice leads. It counts as read from then on: a mark of the person's own, on what only they see,
    which a link may set.
    """
    notice = get_object_or_404(Notice.objects.told(request.user), pk=pk)
    services.mark_read(person=request.user, notice=notice)
    return redirect(notice.url)


@login_required
@require_http_methods(["GET", "POST"])
def edit_preferences(request: PersonRequest) -> HttpResponse:
    """What comes by mail, and how often: a table of kinds and choices with one button."""
    kinds = kinds_for(rights_of(request.user))
    chosen = dict(
        NoticePreference.objects.filter(person=request.user, kind__in=kinds).values_list("kind", "how_often")
    )
    usual = {kind.value: USUALLY[kind].value for kind in kinds}
    sent = request.POST if request.method == "POST" and kinds else None
    form = PreferencesForm(kinds, sent, initial={**usual, **chosen})
    if form.is_bound and form.is_valid():
        services.set_preferences(person=request.user, wanted=form.wanted)
        messages.success(request, _("Saved. It holds for what you are told from now on."))
        return redirect("notice-preferences")
    context = {
        "form": form,
        "choices": HowOften.labels,
        "hour": settings.DIGEST_HOUR,
        "zone": settings.TIME_ZONE,
    }
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
