"""Forms of intervisie. What somebody typed is never lost: a form that does not fit comes back as it was."""

from intervisie.forms.cases import CaseForm
from intervisie.forms.methods import FitForm, WantedForm
from intervisie.forms.sessions import BringForm, InviteForm, PlanForm, RoleForm, TableForm

__all__ = [
    "BringForm",
    "CaseForm",
    "FitForm",
    "InviteForm",
    "PlanForm",
    "RoleForm",
    "TableForm",
    "WantedForm",
]
