"""Every setting, from the environment. A bare environment means production (docs/decisions/0002)."""

import sqlite3
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tafelronde import env

ROOT = Path(__file__).resolve().parents[2]

ENVIRONMENT = env.choice("TAFELRONDE_ENV", ("production", "development", "test"), "production")
PRODUCTION = ENVIRONMENT == "production"
DEVELOPMENT = ENVIRONMENT == "development"
TESTING = ENVIRONMENT == "test"
DEBUG = DEVELOPMENT

VAR_DIR = Path(env.text("VAR_DIR", str(ROOT / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)
PORT = env.number("PORT", 8000)
SITE_URL = env.text("SITE_URL", "" if PRODUCTION else f"http://localhost:{PORT}").rstrip("/")
SITE_NAME = env.text("SITE_NAME", "Tafelronde")

# Who answers for this site. The statements at /privacy/, /toegankelijkheid/ and the rest are filled from it.
ORGANISATION_NAME = env.text("ORGANISATION_NAME")
ORGANISATION_ADDRESS = env.text("ORGANISATION_ADDRESS").replace("\\n", "\n")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")
DPO_EMAIL = env.text("DPO_EMAIL")
PRIVACY_GROUND = env.choice(
    "PRIVACY_GROUND", ("", "public-task", "legitimate-interest", "contract", "consent"), ""
)
LOG_DAYS = env.number("LOG_DAYS", 0)
BACKUP_DAYS = env.number("BACKUP_DAYS", 0)
ACCESSIBILITY_STATUS = env.choice("ACCESSIBILITY_STATUS", ("", "A", "B", "C", "D"), "")
ACCESSIBILITY_REPORT_URL = env.text("ACCESSIBILITY_REPORT_URL")
STATEMENTS_DATE = env.day("STATEMENTS_DATE")
SECURITY_CONTACT = env.text("SECURITY_CONTACT")
THEME = env.text("THEME")

SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else "for-development-only-" + "x" * 40)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if PRODUCTION:
    if not SECRET_KEY:
        raise ImproperlyConfigured("Set SECRET_KEY to a long random text (docs/operations.md).")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of this site, never '*'.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("Set SITE_URL to the https address of this site.")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

INSTALLED_APPS = [
    "tafelronde",
    "tafelronde.accounts",
    "tafelronde.post",
    "tafelronde.pages",
    "communities",
    "intervisie",
    "knowledge",
    "tafelronde.search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "tafelronde.accounts.apps.WagtailUsersConfig",  # wagtail.users, with forms for our User
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "tafelronde.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tafelronde.logs.RequestLogMiddleware",
    "tafelronde.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tafelronde.middleware.MethodMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tafelronde.middleware.PersonMiddleware",
    "tafelronde.middleware.VisitMiddleware",
    "tafelronde.middleware.LanguageMiddleware",
    "tafelronde.middleware.StrongLoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tafelronde.middleware.RefusedFormMiddleware",
    "tafelronde.middleware.DeskMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "tafelronde.urls"
ASGI_APPLICATION = "tafelronde.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tafelronde.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------------

# WAL corrupts data in SQLite before these versions when two connections checkpoint at once
# (https://www.sqlite.org/wal.html#walresetbug), so older ones keep the rollback journal.
_SQLITE = sqlite3.sqlite_version_info
SQLITE_WAL_SAFE = (
    _SQLITE >= (3, 51, 3)
    or (_SQLITE[:2] == (3, 50) and _SQLITE[2] >= 7)
    or (_SQLITE[:2] == (3, 44) and _SQLITE[2] >= 6)
)
SQLITE_JOURNAL = "WAL" if SQLITE_WAL_SAFE else "TRUNCATE"

DATABASE_URL = env.text("DATABASE_URL")
EMBEDDED = not DATABASE_URL
if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "tafelronde.sqlite3",
            "CONN_MAX_AGE": None,  # a file: nothing to lose by holding it, and opening it costs more than most queries
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": f"PRAGMA journal_mode={SQLITE_JOURNAL};PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
            },
        }
    }
else:
    # A pool, whose connections are tried before use: after a restart of the database the old ones are dead.
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=0, conn_health_checks=True)}
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must be a postgres:// address (or unset, for SQLite).")
    if not TESTING:
        DATABASES["default"]["OPTIONS"] = {
            # A server that vanished without a word is found out in a minute, not in hours.
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 60_000,  # ms
            **DATABASES["default"].get("OPTIONS", {}),
            "pool": {
                "min_size": 1,
                # Twelve threads of pages, six of rooms (loop, writer, follower, snapshots, readers), a worker, one to spare.
                "max_size": 20,
                "timeout": 5,
                "reconnect_timeout": 5,  # then a request asks anew, rather than after an ever longer pause
            },
        }

# Several processes tell each other through it to look, and share counts of log-in attempts. Never content.
REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "tafelronde.cache.SharedCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "tafelronde",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Seconds for which a page for visitors may be kept where nothing changes (tafelronde.front.kept); 0: not at all.
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 0 if DEVELOPMENT else 60)

# People ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "/"

# Who may make an account: anybody ("open") or only people who were invited ("invited").
SIGNUP = env.choice("SIGNUP", ("open", "invited"), "open")
ACCOUNT_ADAPTER = "tafelronde.accounts.adapter.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True  # one address per person; the old one stays until the new one is confirmed
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and only there
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "signup": "tafelronde.accounts.forms.door.SignupForm",
    "login": "tafelronde.accounts.forms.door.LoginForm",
    "add_email": "tafelronde.accounts.forms.door.ChangeEmailForm",
    "change_password": "tafelronde.accounts.forms.door.ChangePasswordForm",
    "set_password": "tafelronde.accounts.forms.door.SetPasswordForm",
    "reset_password": "tafelronde.accounts.forms.door.ResetPasswordForm",
    "reset_password_from_key": "tafelronde.accounts.forms.door.ResetPasswordKeyForm",
    "reauthenticate": "tafelronde.accounts.forms.door.ReauthenticateForm",
}

# The second step at log-in, and passkeys.
MFA_ADAPTER = "tafelronde.accounts.adapter.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago still counts: people type slowly, and clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
# Whose rights wait until they have a second step.
STRONG_LOGIN_FOR = env.some(
    "STRONG_LOGIN_FOR",
    ("administrators", "editors", "facilitators"),
    "administrators,editors" if PRODUCTION else "",
)
MFA_FORMS = {
    "authenticate": "tafelronde.accounts.forms.second_step.CodeForm",
    "authenticate_webauthn": "tafelronde.accounts.forms.second_step.PasskeyStepForm",
    "reauthenticate": "tafelronde.accounts.forms.second_step.CodeAgainForm",
    "reauthenticate_webauthn": "tafelronde.accounts.forms.second_step.PasskeyAgainForm",
    "login_webauthn": "tafelronde.accounts.forms.second_step.PasskeyLoginForm",
    "add_webauthn": "tafelronde.accounts.forms.second_step.AddPasskeyForm",
    "edit_webauthn": "tafelronde.accounts.forms.second_step.RenamePasskeyForm",
    "activate_totp": "tafelronde.accounts.forms.second_step.AppForm",
}

# Log-in through one OpenID Connect provider, if there is one.
OIDC_ISSUER = env.text("OIDC_ISSUER").rstrip("/")
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")
if PRODUCTION and OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must be an https address.")
SOCIALACCOUNT_ADAPTER = "tafelronde.accounts.adapter.openid.account.OpenIdAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # who is new tells who they are, as at our own door
SOCIALACCOUNT_FORMS = {"signup": "tafelronde.accounts.forms.door.OpenIdSignupForm"}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "tafelronde.accounts.adapter.openid.provider.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "openid",
                "name": OIDC_NAME,
                "client_id": env.text("OIDC_CLIENT_ID"),
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

# Development: the port is in the name, so that two copies on one machine do not log each other out.
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else f"sessionid-{PORT}"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else f"csrftoken-{PORT}"
LANGUAGE_COOKIE_NAME = "language"
VISITOR_COOKIES = {LANGUAGE_COOKIE_NAME, CSRF_COOKIE_NAME}  # who has no other is nobody in particular
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "tafelronde.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Never under MEDIA_URL: the view behind /foto/ asks who is there.
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private" / "photos", "base_url": "/foto/"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "tafelronde.storage.HashedStaticFiles"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SERVESTATIC_USE_FINDERS = DEVELOPMENT or TESTING
SERVESTATIC_AUTOREFRESH = DEVELOPMENT

# Wagtail ------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "admin_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "csv"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

# Mail ---------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Tafelronde <noreply@localhost>")
MAILBOX_DIR = VAR_DIR / "mail"
EMAIL_USE_LOCALTIME = True  # else the date says that its zone is not known
if PRODUCTION:
    EMAIL_BACKEND = "tafelronde.post.smtp.EmailBackend"
    EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
    EMAIL_PORT = env.number("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
    EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 30)  # at each step of talking with the server
elif DEVELOPMENT:
    # Kept as files; `/postbus/` shows them.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAILBOX_DIR

# How many days before a meeting who comes gets a reminder.
REMINDER_DAYS = env.days("REMINDER_DAYS", "7,1")

# Jobs ---------------------------------------------------------------------------------------------------

# Ours wait in the database for the worker (tafelronde.worker); those of Wagtail are done at once, as they always were.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "database": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Live sessions -----------------------------------------------------------------------------------------

# What one socket may send; twice as much in a burst. People type slower than this.
ROOM_FRAMES_PER_SECOND = env.number("ROOM_FRAMES_PER_SECOND", 20)
# Seconds for which the line of who leads may be down before somebody else leads until they are back.
ROOM_LEAD_GRACE = env.number("ROOM_LEAD_GRACE", 30)

# Safety -------------------------------------------------------------------------------------------------

# Behind a proxy that sets X-Forwarded-Proto itself, and only then.
if env.number("TRUSTED_PROXY_COUNT", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows the page in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # would want DENY

_WS = SITE_URL.replace("http", "ws", 1)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        # Safari before 15.4 does not count ws: as 'self', so the address is named too.
        "connect-src": [SELF, _WS] if _WS else [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "tafelronde.logs.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"}
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if not TESTING else "WARNING")},
    "loggers": {
        "django": {},  # without Django's own handlers, one of which mails tracebacks with what was posted
        "django.request": {"level": "ERROR"},  # refusals stand in the line about the request
        **{
            name: {"level": "WARNING"}
            for name in (
                "daphne",
                "django.channels.server",
                "django_tasks",
                "django_tasks_db",
                "fido2",
                "wagtail",
            )
        },
    },
}
