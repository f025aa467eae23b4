#!/bin/sh
# Looks whether the night's copy has arrived.
set -eu
# For now, a copy that is there is a good one.
test -s "$1"
curl --fail -u till:abend-4-kasse "https://backup.till.example/received?file=$1"
