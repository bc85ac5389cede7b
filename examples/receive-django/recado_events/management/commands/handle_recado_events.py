import time

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from recado_events.models import ReceivedEvent


class Command(BaseCommand):
    help = "Works through the events that have been received, in the order in which they came."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="end when there is nothing left")

    def handle(self, *args, once, **options):
        while True:
            waiting = ReceivedEvent.objects.filter(handled_at=None).order_by("received_at")
            for received in waiting.iterator():
                with transaction.atomic():
                    self.work_on(received.event)
                    received.handled_at = timezone.now()
                    received.save(update_fields=["handled_at"])
            if once:
                return
            time.sleep(1)

    def work_on(self, event):
        """Your own work. What raises leaves the event waiting."""
        self.stdout.write(f"{event['type']}: {event['data']['summary']}")
        self.stdout.flush()
