#!/bin/sh
# A site on one machine, in two steps, from the checkout. Both may be repeated at any time.
#
#   as the user that will run it:   docs/operate/one-machine/install.sh site HOST NAME LANGUAGES ADMIN
#   as root, after that:            docs/operate/one-machine/install.sh services USER
#
# FOLDER (/srv/exchange) is where settings, data and copies lie: `environment`, `data`, `copies`, and `manage`, which
# runs a command of the site with its settings. It has to belong to USER. UNITS names another folder for the units, which
# are then written and not started.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
code=$(cd "$here/../../.." && pwd)
folder=${FOLDER:-/srv/exchange}
python=${PYTHON:-$code/.venv/bin/python}

die() {
  echo "$1" >&2
  exit 1
}

site() {
  [ $# -eq 4 ] || die "Usage: install.sh site HOST NAME LANGUAGES ADMIN"
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || die "$folder cannot be written: as root, make it and give it to $(id -un)."
  [ -n "${PYTHON:-}" ] || make -C "$code" setup
  if [ ! -e "$folder/environment" ]; then
    key=$("$python" -c "import secrets; print(secrets.token_urlsafe(50))")
    (
      umask 077
      cat >"$folder/environment.part" <<EOF
# Settings of the site; what there is stands in docs/operate/settings.md. It holds keys: keep it to yourself.
DJANGO_SETTINGS_MODULE=exchange.settings.production
SECRET_KEY=$key
BASE_URL=https://$1
DATA_DIR=$folder/data
EMAIL_HOST=localhost
DEFAULT_FROM_EMAIL=no-reply@$1
EOF
    )
    mv "$folder/environment.part" "$folder/environment"
  fi
  cat >"$folder/manage" <<EOF
#!/bin/sh
# A command of the site, with its settings.
set -a
. "$folder/environment"
exec "$python" "$code/manage.py" "\$@"
EOF
  chmod 755 "$folder/manage"
  mkdir -p "$folder/copies"
  chmod 700 "$folder/copies"
  "$folder/manage" set_up_site --name "$2" --languages "$3" --admin "$4"
}

services() {
  [ $# -eq 1 ] || die "Usage: install.sh services USER"
  [ -e "$folder/environment" ] || die "There is no site in $folder yet: run install.sh site first."
  units=${UNITS:-/etc/systemd/system}
  host=$(sed -n 's,^BASE_URL=https://,,p' "$folder/environment")
  for unit in exchange-web.service exchange-worker.service exchange-backup.service exchange-backup.timer Caddyfile; do
    sed -e "s,@CODE@,$code,g" -e "s,@FOLDER@,$folder,g" -e "s,@PYTHON@,$python,g" -e "s,@USER@,$1,g" \
      -e "s,@HOST@,$host,g" "$here/$unit" >"$units/$unit.part"
    mv "$units/$unit.part" "$units/$unit"
  done
  if [ -n "${UNITS:-}" ]; then
    echo "The units are in $units."
    return
  fi
  mkdir -p /etc/caddy
  mv "$units/Caddyfile" /etc/caddy/Caddyfile
  systemctl daemon-reload
  systemctl enable --now exchange-web.service exchange-worker.service exchange-backup.timer
  systemctl restart exchange-web.service exchange-worker.service
  systemctl reload-or-restart caddy
}

case ${1:-} in
  site | services) "$@" ;;
  *) sed -n '2,/^set/p' "$0" | sed '$d; s/^# \{0,1\}//' ;;
esac
