"""
Tests a receiver in Python against the pretend Meta, which runs beside it as a process of its own.
Put yours in the place of receiver.py.

    python3 -m unittest test_receiver.py

RECADO is the command that starts Recado, when it is another one than `npx recado`.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

ANA = "558587654321"
RECADO = shlex.split(os.environ.get("RECADO", "npx recado"))
RECEIVER = Path(__file__).with_name("receiver.py")


class ReceiverTest(unittest.TestCase):
    def setUp(self):
        self.simulator = subprocess.Popen([*RECADO, "simulate", "--port", "0", "--seed", "a", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(stop, self.simulator)
        self.meta = json.loads(self.simulator.stdout.readline())
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        environment = {
            **os.environ,
            "PORT": "0",
            "META_APP_SECRET": self.meta["appSecret"],
            "META_WEBHOOK_VERIFY_TOKEN": self.meta["verifyToken"],
            "META_ACCESS_TOKEN": self.meta["accessToken"],
            "META_GRAPH_URL": self.meta["graphUrl"],
            "DATABASE_FILE": str(Path(self.folder.name, "messages.db")),
        }
        self.receiver = subprocess.Popen([sys.executable, str(RECEIVER)], env=environment, stdout=subprocess.PIPE, text=True)
        self.addCleanup(stop, self.receiver)
        port = self.receiver.stdout.readline().split()[-1]
        # Meta's own call: it does the handshake first, and refuses a receiver that fails it.
        self.graph(
            f"/v25.0/{self.meta['appId']}/subscriptions",
            {
                "object": "whatsapp_business_account",
                "callback_url": f"http://127.0.0.1:{port}/webhooks/whatsapp",
                "verify_token": self.meta["verifyToken"],
                "fields": "messages",
            },
            token=f"{self.meta['appId']}|{self.meta['appSecret']}",
        )
        self.control("POST", "/people", {"waId": ANA, "name": "Ana Souza"})

    def test_it_answers_once_although_meta_repeats_itself(self):
        self.control("POST", "/misbehaviour", {"fault": "duplicate", "times": 2})
        self.control("POST", f"/people/{ANA}/writes", {"text": "Às 15h está ótimo 👍🏽"})
        self.eventually(lambda: self.judge("received-once", waId=ANA, text="We have got it: Às 15h está ótimo 👍🏽"))
        self.control("GET", "/judgements/everything-acknowledged")
        self.control("GET", "/judgements/nothing-twice")

    def test_it_loses_nothing_that_came_while_it_was_away(self):
        self.control("POST", "/misbehaviour", {"fault": "delay"})
        self.control("POST", f"/people/{ANA}/writes", {"text": "one"})
        self.control("POST", f"/people/{ANA}/writes", {"text": "two"})
        self.control("POST", "/time/jump", {"milliseconds": 24 * 60 * 60 * 1000})
        self.eventually(lambda: self.control("GET", "/judgements/everything-acknowledged"))

    def test_it_believes_nobody_else(self):
        self.control("POST", "/misbehaviour", {"fault": "wrong-signature"})
        self.control("POST", f"/people/{ANA}/writes", {"text": "forged"})
        self.control("POST", f"/people/{ANA}/writes", {"text": "true"})
        self.eventually(lambda: self.judge("received-once", waId=ANA, text="We have got it: true"))
        shown = self.control("GET", f"/people/{ANA}")["messages"]
        self.assertEqual([message["text"] for message in shown if message["direction"] == "in"], ["We have got it: true"])

    def judge(self, judgement, **expected):
        return self.control("POST", f"/judgements/{judgement}", expected)

    def control(self, method, path, body=None):
        return call(method, self.meta["controlUrl"] + path, body)

    def graph(self, path, body, token):
        return call("POST", self.meta["graphUrl"] + path, body, {"authorization": f"Bearer {token}"})

    def eventually(self, judgement, seconds=10):
        """Judges until it is so; the last judgement says what was found instead."""
        end = time.monotonic() + seconds
        while True:
            try:
                return judgement()
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)


def call(method, url, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            text = response.read()
    except urllib.error.HTTPError as refusal:
        raise AssertionError(refusal.read().decode()) from None
    return json.loads(text) if text else None


def stop(process):
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


if __name__ == "__main__":
    unittest.main()
