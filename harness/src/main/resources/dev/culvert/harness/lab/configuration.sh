#!/bin/sh
# configuration.sh SERVER CLIENT GUEST ARCHIVE: make the keys of one template: an authority that signs twice and is then
# forgotten; and the archive that the guest unpacks at its root.
#   SERVER   ca.pem server-cert.pem server-key.pem, for the engine
#   CLIENT   ca.pem cert.pem key.pem, as DOCKER_CERT_PATH wants them
#   GUEST    the directory that is /culvert in the guest
#   ARCHIVE  is written
set -eu
server=$1
client=$2
guest=$3
archive=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2> /dev/null; }
sign() {
    openssl req -new -key "$1" -subj "/CN=$2" |
        openssl x509 -req -days 3650 -CA "$work/ca.pem" -CAkey "$work/ca-key.pem" -CAcreateserial -extfile "$work/extensions" -out "$3" 2> /dev/null
}

new_key "$work/ca-key.pem"
openssl req -x509 -new -key "$work/ca-key.pem" -days 3650 -subj '/CN=culvert lab' -out "$work/ca.pem"

new_key "$server/server-key.pem"
printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n' > "$work/extensions"
sign "$server/server-key.pem" engine "$server/server-cert.pem"

new_key "$client/key.pem"
printf 'extendedKeyUsage=clientAuth\n' > "$work/extensions"
sign "$client/key.pem" client "$client/cert.pem"

cp "$work/ca.pem" "$server/ca.pem"
cp "$work/ca.pem" "$client/ca.pem"

tar -c -f "$archive" -C "$guest" --owner=0 --group=0 --transform='s,^\.,culvert,' .
