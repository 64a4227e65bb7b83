"""Closed lists of progress, and the one table of a report's life."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RevisionStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    DROPPED = "dropped", _("Dropped")


class Transition(TextChoices):
    """What can happen to a revision."""

    START = "start", _("Begun")
    SUBMIT = "submit", _("Submitted")
    RECALL = "recall", _("Recalled")
    RETURN = "return", _("Returned")
    APPROVE = "approve", _("Approved")
    REOPEN = "reopen", _("Reopened")
    DROP = "drop", _("Dropped")
    WITHDRAW = "withdraw", _("Withdrawn")
    LOAD = "load", _("Loaded as history")
    ASK = "ask", _("Correction asked for")
    DECLINE = "decline", _("Correction declined")


# A revision's life: from which status a transition starts and where it ends. The database holds a copy of
# this table in a trigger, written from it.
TRANSITIONS: dict[Transition, tuple[tuple[RevisionStatus, ...], RevisionStatus]] = {
    Transition.SUBMIT: ((RevisionStatus.DRAFT, RevisionStatus.RETURNED), RevisionStatus.SUBMITTED),
    Transition.RECALL: ((RevisionStatus.SUBMITTED,), RevisionStatus.DRAFT),
    Transition.RETURN: ((RevisionStatus.SUBMITTED,), RevisionStatus.RETURNED),
    Transition.APPROVE: ((RevisionStatus.SUBMITTED,), RevisionStatus.APPROVED),
    Transition.DROP: ((RevisionStatus.DRAFT, RevisionStatus.RETURNED), RevisionStatus.DROPPED),
    # An administrator's batch of approved history: the rule of four eyes is met by origin and batch.
    Transition.LOAD: ((RevisionStatus.DRAFT,), RevisionStatus.APPROVED),
}

# What is said about an approved revision and moves nothing: a mission asks for a correction of it, an officer declines.
SAID = (Transition.ASK, Transition.DECLINE)

# What answers an ask.
ANSWERS = (Transition.DECLINE, Transition.REOPEN, Transition.LOAD)

WRITABLE = (RevisionStatus.DRAFT, RevisionStatus.RETURNED)
OPEN = (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.RETURNED)


class Origin(TextChoices):
    """Where a result came from; what is not entered is marked wherever it shows."""

    ENTERED = "entered", _("Entered")
    HISTORICAL = "historical", _("Historical")
    DEMO = "demo", _("Demonstration")


class TargetBasis(TextChoices):
    TO_DATE = "to_date", _("To date")
    PER_YEAR = "per_year", _("Per year")


class AssigningStep(TextChoices):
    """What is done to many assignments at once."""

    ASSIGN = "assign", _("Assign")
    END = "end", _("End")
    FIRST_DAY = "first_day", _("Correct the first day")
    LAST_DAY = "last_day", _("Correct the last day")
    TAKE_BACK = "take_back", _("Take back")


class ValueIs(TextChoices):
    """What the amount of a row in a sheet of progress is."""

    PERIOD = "period", _("The amount of the period")
    TO_DATE = "to_date", _("The running total")


class NarrativeSection(TextChoices):
    """What the narrative of a period tells, in this order."""

    ACHIEVEMENTS = "achievements", _("Achievements")
    CHALLENGES = "challenges", _("Challenges")
    NEXT_STEPS = "next_steps", _("Next steps")


class Language(TextChoices):
    """What a narrative may be written in: the languages of the organization's reports and the official ones of the
    region, by their codes on the web (BCP 47).
    """

    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian (русский)")
    FRENCH = "fr", _("French (français)")
    ALBANIAN = "sq", _("Albanian (shqip)")
    ARMENIAN = "hy", _("Armenian (հայերեն)")
    AZERBAIJANI = "az", _("Azerbaijani (azərbaycanca)")
    BELARUSIAN = "be", _("Belarusian (беларуская)")
    BOSNIAN = "bs", _("Bosnian (bosanski)")
    CROATIAN = "hr", _("Croatian (hrvatski)")
    GEORGIAN = "ka", _("Georgian (ქართული)")
    HEBREW = "he", _("Hebrew (עברית)")
    KAZAKH = "kk", _("Kazakh (қазақша)")
    KYRGYZ = "ky", _("Kyrgyz (кыргызча)")
    MACEDONIAN = "mk", _("Macedonian (македонски)")
    MONTENEGRIN = "cnr", _("Montenegrin (crnogorski)")
    ROMANIAN = "ro", _("Romanian (română)")
    SERBIAN = "sr", _("Serbian (српски)")
    TAJIK = "tg", _("Tajik (тоҷикӣ)")
    TURKISH = "tr", _("Turkish (Türkçe)")
    TURKMEN = "tk", _("Turkmen (türkmençe)")
    UKRAINIAN = "uk", _("Ukrainian (українська)")
    UZBEK = "uz", _("Uzbek (oʻzbekcha)")


class EvidenceKind(TextChoices):
    """What a document may be, told by its content; the value is the suffix that its name gets."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document (DOCX)")
    XLSX = "xlsx", _("Excel workbook (XLSX)")
    ODT = "odt", _("OpenDocument text (ODT)")
    ODS = "ods", _("OpenDocument spreadsheet (ODS)")
    CSV = "csv", _("CSV")
    TXT = "txt", _("Plain text (TXT)")
    PNG = "png", _("Picture (PNG)")
    JPEG = "jpg", _("Picture (JPEG)")
