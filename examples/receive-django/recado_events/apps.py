from django.apps import AppConfig


class RecadoEventsConfig(AppConfig):
    name = "recado_events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured

        # An empty key would make everybody's signature a good one.
        if len(getattr(settings, "RECADO_WEBHOOK_SECRET", "")) < 32:
            raise ImproperlyConfigured("RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown.")
