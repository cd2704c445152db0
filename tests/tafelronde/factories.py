"""Makes people for tests."""

from itertools import count

from allauth.account.models import EmailAddress

from tafelronde.accounts.models import User

PASSWORD = "een-lange-zin-voor-tests"
_number = count(1)


def make_user(
    email: str | None = None,
    *,
    first_name: str = "Fatma",
    last_name: str = "Bakker",
    verified: bool = True,
    **fields: object,
) -> User:
    """A saved person with the password `PASSWORD` and a verified address, a new one if none is given."""
    email = (email or f"persoon{next(_number)}@voorbeeld.test").lower()
    user = User.objects.create_user(
        email, **{"password": PASSWORD, "first_name": first_name, "last_name": last_name, **fields}
    )
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user
