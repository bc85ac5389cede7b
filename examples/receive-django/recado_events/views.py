import base64
import hashlib
import hmac
import json
import re
import time

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import ReceivedEvent


@csrf_exempt  # Recado has no session here: the signature stands in its place.
@require_POST
def receive(request):
    webhook_id, timestamp = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    if not webhook_id or not is_recent(timestamp) or not is_signed(request, f"{webhook_id}.{timestamp}."):
        return HttpResponse(status=401)
    event = json.loads(request.body)
    # One row for each event, however often it comes. What raises here becomes a 500, and Recado comes again.
    ReceivedEvent.objects.get_or_create(webhook_id=webhook_id, defaults={"kind": event["type"], "event": event})
    return HttpResponse(status=204)


def is_recent(timestamp):
    return bool(re.fullmatch("[0-9]{1,12}", timestamp)) and abs(time.time() - int(timestamp)) <= 300


def is_signed(request, prefix):
    key = base64.b64decode(settings.RECADO_WEBHOOK_SECRET.removeprefix("whsec_"))
    expected = b"v1," + base64.b64encode(hmac.new(key, prefix.encode() + request.body, hashlib.sha256).digest())
    given = request.headers.get("webhook-signature", "").split(" ")  # two, while a secret is being changed
    return any(hmac.compare_digest(expected, one.encode()) for one in given)
