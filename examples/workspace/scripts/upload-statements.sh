#!/bin/sh
# Uploads the month's statements for the accountant.
set -eu
export AWS_ACCESS_KEY_ID=AKIAT7QWERLEDGER2K5Z
aws s3 cp --recursive var/statements/ s3://till-statements/
