"""Makes a receipt, validates it against the published schema, signs it, and has the gateway register it."""

import base64
import hashlib
import hmac
import json
import sys
import urllib.request

try:
    from jsonschema.validators import validator_for
except ImportError:
    validator_for = None

gateway, schema_file = sys.argv[1:]

receipt = {
    "receipt_format": "ru_1_05",
    "merchant_id": 542088,
    "payment_id": 764239791,
    "operation_type": "sell",
    "customer": {"email": "buyer@example.com"},
    "positions": [
        {
            "name": "Чай",
            "price": "50.00",
            "quantity": 2,
            "vat_code": "vat_22",
            "payment_method": "full_payment",
            "payment_object": "goods",
        }
    ],
    "settlements": [{"type": "cashless", "sum": "100.00"}],
}


def valid(document):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    validator = validator_for(schema)(schema)
    return validator.is_valid(document)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def signature(method, path, body):
    header = {"alg": "HS512", "uri": path, "merchant_id": "542088", "method": method, "params": ""}
    signed = base64url(json.dumps(header).encode()) + b"." + base64url(body)
    digest = hmac.new(b"secret_key", signed, hashlib.sha512).digest()
    return (signed.split(b".")[0] + b".." + base64url(digest)).decode()


if validator_for is None:
    print("validation left out: this Python has no jsonschema")
else:
    assert valid(receipt), "the schema refuses a sound receipt"
    assert not valid({**receipt, "positions": []}), "the schema takes a receipt without positions"
    print("validated")

body = json.dumps(receipt).encode()
path = "/v5/receipts"
headers = {"Content-Type": "application/json", "X-JWS-Signature": signature("POST", path, body)}
request = urllib.request.Request(f"{gateway}{path}?wait=10000", body, headers)
with urllib.request.urlopen(request, timeout=30) as answer:
    registered = json.load(answer)["data"]
print(registered["status"], registered["link"])
