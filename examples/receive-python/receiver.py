"""Receives events from Recado with Python's own library: verifies the signature, and keeps every event once."""

import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["RECADO_WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE = 300  # seconds
MOST_BYTES = 4 * 1024 * 1024

# Your own database in its place: all that matters is that the id is unique there.
database = sqlite3.connect(os.environ.get("DATABASE_FILE", "events.db"), check_same_thread=False, isolation_level=None)
database.execute("create table if not exists received (webhook_id text primary key, event text not null)")
one_at_a_time = threading.Lock()


def is_signed(headers, body):
    """True when the headers hold a signature by our secret over these very bytes, made within the last minutes."""
    webhook_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not webhook_id or not re.fullmatch("[0-9]{1,12}", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # While a secret is being changed there are two signatures.
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected, one.encode()) for one in given)


def keep_once(webhook_id, body):
    """False for one that is kept already: what was not answered in time comes again, with the same id."""
    with one_at_a_time:
        row = (webhook_id, body.decode())
        return database.execute("insert or ignore into received values (?, ?)", row).rowcount == 1


def handle(event):
    """Your own work. It happens after the answer, so that it may take its time."""
    print(f"{event['type']}: {event['data']['summary']}", flush=True)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("content-length", "0"))
        if not 0 <= length <= MOST_BYTES:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)
        if not is_signed(self.headers, body):
            return self.answer(401)
        # What raises here becomes a broken connection, and Recado comes again.
        is_new = keep_once(self.headers["webhook-id"], body)
        self.answer(204)
        if is_new:
            handle(json.loads(body))

    def answer(self, status):
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", "0")
        self.end_headers()
        self.wfile.flush()

    def log_message(self, *_arguments):
        pass


if __name__ == "__main__":
    if len(KEY) < 24:
        raise SystemExit("RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown.")
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Receiver)
    print(f"Listening on port: {server.server_address[1]}", flush=True)
    server.serve_forever()
