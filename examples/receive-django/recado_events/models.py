from django.db import models


class ReceivedEvent(models.Model):
    """An event that Recado has forwarded, once."""

    webhook_id = models.CharField(max_length=100, primary_key=True)
    kind = models.CharField(max_length=30)
    event = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, db_index=True)
