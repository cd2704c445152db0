"""What several tests of leerkringen share."""

import pytest


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """Runs an action and then what happens after its commit, as in a request."""

    def run(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return run
