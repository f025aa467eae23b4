#!/bin/sh
# Copies the journal to where Marta keeps her backups.
set -eu
rsync --archive var/ /home/marta/ledger-backups/var/
