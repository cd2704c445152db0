"""A site under production settings with everything filled in has nothing left to warn of."""

import os
import subprocess
import sys

import pytest

from tests.support.server import ROOT

SETTINGS = {
    "SECRET_KEY": "een-lange-zin-van-minstens-vijftig-tekens-voor-deze-toets-0123456789",
    "ALLOWED_HOSTS": "leerkring.example.nl",
    "SITE_URL": "https://leerkring.example.nl",
    "ORGANISATION_NAME": "Gemeente Meerwold",
    "ORGANISATION_ADDRESS": "Markt 1\\n1234 AB Meerwold",
    "CONTACT_EMAIL": "leerkring@meerwold.test",
    "DPO_EMAIL": "fg@meerwold.test",
    "PRIVACY_GROUND": "public-task",
    "LOG_DAYS": "14",
    "BACKUP_DAYS": "30",
    "ACCESSIBILITY_STATUS": "C",
    "STATEMENTS_DATE": "2026-05-31",
    "SECURITY_CONTACT": "cert@meerwold.test",
}


def check(var_dir, **changes):
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), **SETTINGS, **changes}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )


def test_deploy_check_is_clean(tmp_path):
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_deploy_check_tells_what_the_statements_miss(tmp_path):
    done = check(tmp_path, DPO_EMAIL="")
    assert done.returncode == 1
    assert "(tafelronde.W001)" in done.stderr
    assert "Set: DPO_EMAIL." in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("STATEMENTS_DATE", "31-05-2026", "STATEMENTS_DATE must be a day like 2026-05-31"),
        ("ACCESSIBILITY_STATUS", "F", "ACCESSIBILITY_STATUS must be one of"),
        ("LOG_DAYS", "veel", "LOG_DAYS must be a whole number"),
    ],
)
def test_settings_that_make_no_sense_stop_the_start(tmp_path, name, value, why):
    done = check(tmp_path, **{name: value})
    assert done.returncode == 1
    assert why in done.stderr
