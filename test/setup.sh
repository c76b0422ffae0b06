#!/bin/sh
# Installs what the tests need beyond npm's packages: Chromium, for the tests of the page in a real browser.
set -eu
if [ -x "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: install Chromium by your system's means, or set CHROMIUM to its path, then run npm test." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "setup: Chromium is missing. Run: sudo apt-get update && sudo apt-get install -y chromium" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get install -y --no-install-recommends chromium >/dev/null 2>&1 || {
  apt-get update >/dev/null
  apt-get install -y --no-install-recommends chromium >/dev/null
}
echo "setup: $(chromium --version)"
