#!/bin/bash
# refundlog.md §13: verifies record number N of a file with coreutils, jq and openssl alone.
set -euo pipefail
F=$1; N=$2; cd "$3"
b64d(){ printf '%s%s' "$1" "$(printf '%*s' $(((4-${#1}%4)%4)) ''|tr ' ' =)"|tr '_-' '/+'|base64 -d; }
hex(){ od -An -v -tx1|tr -d ' \n'; }; b64u(){ base64 -w0|tr '/+' '_-'|tr -d '='; }
DEV=$(head -n1 $F|jq -r .dev)
JWK=$(jq -c 'select(.t=="key")|.jwk' $F|while read -r k;do [ "$(printf %s "$k"|openssl dgst -sha256 -binary|b64u)" = "$DEV" ]&&printf %s "$k";done)
{ printf 3059301306072a8648ce3d020106082a8648ce3d03010703420004;b64d "$(jq -r .x<<<"$JWK")"|hex;b64d "$(jq -r .y<<<"$JWK")"|hex; }|sed 's/../\\x&/g'|xargs -0 printf >dev.der
openssl pkey -pubin -inform DER -in dev.der -out dev.pem
J=$(jq -r 'select(.t=="rec")|.j' $F|sed -n $((N+1))p); printf %s "${J%.*}">in.txt; S=$(b64d "${J##*.}"|hex)
printf 'asn1=SEQUENCE:s\n[s]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' ${S:0:64} ${S:64:64}>a.cnf; openssl asn1parse -genconf a.cnf -noout -out sig.der
openssl dgst -sha256 -verify dev.pem -signature sig.der in.txt
P=${J%.*}; echo "prev=$(b64d "${P#*.}"|jq -r .prev)"
jq -r 'select(.t=="rec")|.d|@tsv' $F|sed -n $((N+1))p|tr '\t' '\n'|while read -r d;do echo "disclosure=$(printf %s "$d"|openssl dgst -sha256 -binary|b64u)";done
echo "hash=$(printf %s "$J"|openssl dgst -sha256 -binary|b64u)"
M=$(tail -n1 $F|jq -r .j|cut -d. -f2); echo "manifest=$(b64d "$M"|jq -r .sha256)"
echo "bytes=$(head -c $(b64d "$M"|jq .bytes) $F|openssl dgst -sha256 -binary|b64u)"
