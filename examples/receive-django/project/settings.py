"""The least that Django needs. Of interest are the two lines about Recado."""

import os
from pathlib import Path

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-trying-it-out")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "recado_events.urls"
USE_TZ = True
TIME_ZONE = "UTC"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DATABASE_FILE", Path(__file__).parent.parent / "events.db"),
    }
}

INSTALLED_APPS = ["recado_events"]
RECADO_WEBHOOK_SECRET = os.environ.get("RECADO_WEBHOOK_SECRET", "")
