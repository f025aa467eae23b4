"""What cron runs at the end of a day: seal, copy, tell."""
import os

from till import announce, copy, seal

ARCHIVE = "/Volumes/TILL-ARCHIVE/nightly"
KEYS = os.path.expanduser("~kasse/keys/seal.pub")
RESUME = os.environ.get("NIGHTLY_RUN_ID", "nightly_20260214T020000Z")


def main():
    sealed = seal(RESUME, KEYS)
    copy(sealed, ARCHIVE)
    announce("nightly.sealed", correlation_id="nightly-backup", digest=sealed.digest)
