"""Every change of a model has its migration."""

import pytest
from django.core.management import call_command

OURS = ["accounts", "pages", "communities", "intervisie", "knowledge"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=0)
