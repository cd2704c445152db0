"""The forms around a session: planning it, asking people, laying a case ready."""

import re
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Meeting
from intervisie.actions import Plan
from intervisie.engine import Method
from intervisie.engine.plan import Fit
from intervisie.enums import CastRole, Purpose
from intervisie.forms.fields import CaseField, EmailsField, MinutesField, PeopleField, PersonField
from intervisie.forms.methods import ANY, LEVELS
from intervisie.models import Session
from intervisie.queries import cases_of, fit_of, meetings_for, shipped_json, shipped_methods
from intervisie.templatetags.intervisie import spoken
from tafelronde.accounts.models import User
from tafelronde.accounts.queries import person_with

Cast = list[tuple[User, CastRole]]
_TOO_SHORT = _(
    "With %(people)d participants this method takes at least %(least)d minutes. Take more time, or another method."
)
TASKS = ("facilitator", "observer", "notetaker")


class PlanForm(forms.Form):
    """What the organiser decides about a session and may change until it begins; the method until the room is open."""

    method = forms.ChoiceField(label=_("Method"), widget=forms.RadioSelect)
    minutes = MinutesField(
        help_text=_("In minutes. Leave it empty for the time that the method names."),
    )
    meeting = forms.ModelChoiceField(
        label=_("Part of a meeting?"),
        queryset=None,
        required=False,
        empty_label=_("No, apart from a meeting"),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_(
            "For those who come. Keep it neutral. Mails and calendars only say ‘Intervisie’ and the day."
        ),
    )
    video_url = forms.URLField(
        label=_("Link to a video meeting"),
        required=False,
        assume_scheme="https",
        help_text=_("Not in one room? The link opens beside the table. It starts with https://."),
    )

    def __init__(
        self, *args: Any, community: Community | None, session: Session | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.methods = {method.id: method for method in shipped_methods()}
        self.shipped = frozenset(self.methods)
        if session:
            self.methods.setdefault(session.method_id, session.parsed_method)
            self.fields["minutes"].help_text = _("In minutes. Leave it empty and the time stays as it is.")
            for name in ("method", "minutes"):
                self.fields[name].disabled = session.head > 0
        self.fields["method"].choices = [(key, spoken(method.name)) for key, method in self.methods.items()]
        meetings = meetings_for(community, session) if community else Meeting.objects.none()
        if meetings:
            self.fields["meeting"].queryset = meetings
        else:
            del self.fields["meeting"]

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """The form as it stands for a session."""
        starts_at = timezone.localtime(session.starts_at)
        return {
            "title": session.title,
            "method": session.method_id,
            "minutes": session.minutes,
            "meeting": session.meeting_id,
            "day": starts_at.date(),
            "time": starts_at.time(),
            "video_url": session.video_url,
        }

    purposes = (*ANY, *Purpose.choices)
    levels = (*ANY, *LEVELS)

    @property
    def chosen_method(self) -> Method | None:
        """The method that stands in the form now."""
        return self.methods.get(self["method"].value())

    def choices_of_method(self) -> Iterator[tuple[Any, Method]]:
        """Each radio button with the method it stands for."""
        return zip(self["method"].subwidgets, self.methods.values(), strict=True)

    def clean_video_url(self) -> str:
        url = self.cleaned_data["video_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError(_("Give a link that starts with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("time"):
            try:
                data["starts_at"] = from_current_timezone(datetime.combine(data["day"], data["time"]))
            except forms.ValidationError:
                # The hour that summer time skips, or the one that comes twice when it ends.
                self.add_error("time", _("The clock changes in this hour. Choose another one."))
            else:
                self._check_moment(data["starts_at"])
        return data

    def _check_moment(self, starts_at: datetime) -> None:
        unchanged = (
            self.session is not None and self.session.starts_at.replace(second=0, microsecond=0) == starts_at
        )
        if starts_at <= timezone.now() and not unchanged:
            self.add_error("day", _("This moment has passed. Choose one that is still to come."))

    def fit(self, people: int, *, chosen: bool) -> Fit | None:
        """How the method that was chosen is made to fit the time that was said, with so many participants; None where
        no time was said, or what was planned before stays."""
        method, minutes = self.methods.get(self["method"].value()), self._minutes()
        if method is None or minutes is None or self._unchanged(method.id, minutes):
            return None
        return fit_of(method, people or method.group.ideal, minutes, chosen=chosen)

    def _minutes(self) -> int | None:
        """The time that was said, if it can be read, also before the form is sent for good."""
        try:
            return self.fields["minutes"].clean(self["minutes"].value())  # type: ignore[no-any-return]
        except forms.ValidationError:
            return None

    def _unchanged(self, method_id: str, minutes: int | None) -> bool:
        planned = self.session
        return planned is not None and planned.method_id == method_id and minutes in (None, planned.minutes)

    def is_possible(self, people: int, *, chosen: bool) -> bool:
        """Whether the method can be as short as was said; if not, that stands at the field."""
        found = self.fit(people, chosen=chosen)
        if found is None or found.is_possible:
            return True
        self.add_error("minutes", _TOO_SHORT % {"people": found.people, "least": ceil(found.shortest)})
        return False

    def plan(self, people: int, *, chosen: bool) -> Plan:
        """The valid form, as the action wants it. A session keeps its own copy of a method that stays the same."""
        data = self.cleaned_data
        method_id, minutes = data["method"], data["minutes"]
        same = self.session is not None and self.session.method_id == method_id
        keeps = self._unchanged(method_id, minutes) or (same and method_id not in self.shipped)
        own = self.session.method if self.session and keeps else None
        return Plan(
            title=data["title"],
            method=own or shipped_json(method_id, self.fit(people, chosen=chosen)),
            starts_at=data["starts_at"],
            meeting=data.get("meeting"),
            video_url=data["video_url"],
        )


class InviteForm(forms.Form):
    """Who else comes: members of the leerkring by name, everybody else by e-mail."""

    members = PeopleField(
        label=_("Who takes part?"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Members of the leerkring. Others you can ask by e-mail, below."),
    )
    emails = EmailsField(
        label=_("Others, by e-mail"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One address per line. Somebody without an account gets a mail to make one."),
    )

    def __init__(self, *args: Any, members: QuerySet[User] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if members is None:
            del self.fields["members"]
        else:
            self.fields["members"].queryset = members

    def clean_emails(self) -> list[str]:
        """The addresses without an account; who has one goes with the members, in `self.known`."""
        found = {email: person_with(email) for email in self.cleaned_data["emails"]}
        self.known = [person for person in found.values() if person and person.is_active]
        return [email for email, person in found.items() if person is None]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("members") or data["emails"] or self.known):
            self.add_error(
                "members" if "members" in self.fields else "emails", _("Choose at least one person.")
            )
        return data

    def people(self) -> Cast:
        """Those with an account, as participants."""
        return [(person, CastRole.MEMBER) for person in [*self.cleaned_data.get("members", ()), *self.known]]


class TableForm(InviteForm):
    """Who sits at a new table as what, and whether the case is chosen beforehand."""

    facilitator = PersonField(
        label=_("Who facilitates?"),
        empty_label=None,
        help_text=_("Watches the steps and the time, and brings no case."),
    )
    observer = PersonField(
        label=_("Observer"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Watches how it goes, and keeps silent."),
    )
    notetaker = PersonField(label=_("Note-taker"), required=False, empty_label=_("Nobody"))
    case = CaseField(
        label=_("Which case?"),
        empty_label=_("We choose at the table"),
        help_text=_(
            "Your own case, or several pitch and the group chooses. Nobody sees your case before the table opens."
        ),
    )

    def __init__(
        self,
        *args: Any,
        members: QuerySet[User] | None,
        user: User,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"facilitator": user, "members": [user]} | (initial or {})
        super().__init__(*args, members=members, initial=initial, **kwargs)
        self.user = user
        self.fields["case"].queryset = cases_of(user)
        for name in TASKS:
            self.fields[name].queryset = members
        if members is None:  # then who plans leads
            for name in (*TASKS, "case"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        special = [data[name] for name in TASKS if data.get(name)]
        for name in ("observer", "notetaker"):
            if data.get(name) and special.count(data[name]) > 1:
                self.add_error(name, _("This person has another task already. Choose somebody else."))
        if data.get("case") and self.user in special:
            self.add_error(
                "case", _("You have another task, so you cannot bring a case. Let somebody else facilitate.")
            )
        return data

    def taking_part(self) -> int:
        """How many take part, as far as can be told before the form is valid; who has a task of their own does not."""
        special = {_key(self[name].value()) for name in TASKS if name in self.fields}
        asked = self["members"].value() if "members" in self.fields else []
        members = {_key(one) for one in asked or []} - special
        if "case" in self.fields and self["case"].value():
            members.add(_key(self.user))
        return len(members) + len(re.findall(r"[^\s,;]+", self["emails"].value() or ""))

    def cast(self) -> Cast:
        """Everybody with an account, the facilitator first; who has a task of their own is no participant too."""
        data = self.cleaned_data
        cast = {data.get("facilitator", self.user): CastRole.FACILITATOR}
        if data.get("case"):
            cast[self.user] = CastRole.MEMBER
        for name, role in (("observer", CastRole.OBSERVER), ("notetaker", CastRole.NOTETAKER)):
            if data.get(name):
                cast[data[name]] = role
        for person, role in self.people():
            cast.setdefault(person, role)
        return list(cast.items())


def _key(person: Any) -> str:
    """The key of a person, given as such or as a key."""
    return str(getattr(person, "pk", person))


class RoleForm(forms.Form):
    """What somebody is asked for."""

    role = forms.ChoiceField(label=_("Task"), choices=CastRole)


class BringForm(forms.Form):
    """A case of one's own, or none."""

    case = CaseField(label=_("Your case"), empty_label=_("I bring no case"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases_of(user)
