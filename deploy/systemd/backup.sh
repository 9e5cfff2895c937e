#!/bin/sh
# Copies the ledger of FISCALKIT_LEDGER_URL (sqlite:PATH) into the folder COPIES, also while a gateway works
# on it, verifies the copy, and removes copies that are older than KEEP_DAYS. A copy that is not clean gets the
# name *.faulty, and ends this with status 1; no older copy is removed then.
# Carry the copies to another machine: what is kept beside the ledger is lost with it.
set -eu

: "${FISCALKIT_LEDGER_URL:?names the ledger: sqlite:PATH}" "${COPIES:?names the folder of the copies}"
keep_days=${KEEP_DAYS:-30}

umask 077
mkdir -p "$COPIES"
copy="$COPIES/ledger-$(date -u +%Y%m%dT%H%M%SZ).sqlite"
fiscalkit-gateway backup "$FISCALKIT_LEDGER_URL" "$copy"
if ! fiscalkit-gateway verify "$copy"; then
  mv "$copy" "$copy.faulty"
  echo "The copy is not clean, and probably the ledger neither: $copy.faulty" >&2
  exit 1
fi
find "$COPIES" -name 'ledger-*.sqlite' -type f -mtime "+$keep_days" -delete
