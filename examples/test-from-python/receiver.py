"""A receiver without Recado: it verifies Meta's signature, keeps every message once, and answers it."""

import hashlib
import hmac
import json
import os
import sqlite3
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

APP_SECRET = os.environ["META_APP_SECRET"].encode()
VERIFY_TOKEN = os.environ["META_WEBHOOK_VERIFY_TOKEN"]
GRAPH_URL = os.environ.get("META_GRAPH_URL", "https://graph.facebook.com")
ACCESS_TOKEN = os.environ["META_ACCESS_TOKEN"]
MOST_BYTES = 4 * 1024 * 1024

database = sqlite3.connect(os.environ.get("DATABASE_FILE", "messages.db"), check_same_thread=False, isolation_level=None)
database.execute("create table if not exists messages (id text primary key, sender text not null, body text not null)")


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        token = query.get("hub.verify_token", [""])[0]
        if hmac.compare_digest(token.encode(), VERIFY_TOKEN.encode()):
            self.answer(200, query.get("hub.challenge", [""])[0])
        else:
            self.answer(403)

    def do_POST(self):
        length = int(self.headers.get("content-length", "0"))
        if length > MOST_BYTES:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)
        expected = "sha256=" + hmac.new(APP_SECRET, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), self.headers.get("x-hub-signature-256", "").encode()):
            return self.answer(401)
        new = [message for message in texts_in(json.loads(body)) if keep(message)]
        # Kept is acknowledged; what follows may take its time.
        self.answer(200)
        for message in new:
            reply(message)

    def answer(self, status, body=""):
        data = body.encode()
        self.send_response(status)
        self.send_header("content-type", "text/plain")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *_arguments):
        pass


def texts_in(webhook):
    """Every text in a webhook, with the business phone that it came to."""
    for entry in webhook.get("entry", []):
        for change in entry.get("changes", []):
            value = change.get("value", {})
            for message in value.get("messages", []):
                if message.get("type") == "text" and "from" in message:
                    yield {
                        "id": message["id"],
                        "from": message["from"],
                        "body": message["text"]["body"],
                        "phone": value["metadata"]["phone_number_id"],
                    }


def keep(message):
    """False for one that is kept already: Meta repeats itself for seven days."""
    row = (message["id"], message["from"], message["body"])
    return database.execute("insert or ignore into messages values (?, ?, ?)", row).rowcount == 1


def reply(message):
    request = urllib.request.Request(
        f"{GRAPH_URL}/v25.0/{message['phone']}/messages",
        data=json.dumps(
            {
                "messaging_product": "whatsapp",
                "to": f"+{message['from']}",
                "text": {"body": f"We have got it: {message['body']}"},
            }
        ).encode(),
        headers={"authorization": f"Bearer {ACCESS_TOKEN}", "content-type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Receiver)
    print(f"listening on port {server.server_address[1]}", flush=True)
    server.serve_forever()
