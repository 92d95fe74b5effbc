"""An in-house certificate authority and the server's certificate.

A prison's network has no public name, so the installation makes its own authority
(ten years) and signs its server (825 days, the longest that browsers take). Each desk
is given the authority once; then camera, Web Serial and secure cookies work there.
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS, SERVER_DAYS = 3650, 825


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: where the authority lies, its fingerprint, until when."""

    authority: Path
    fingerprint: str
    """SHA-256, in pairs, to be compared by eye on each desk."""
    valid_until: datetime


def server_files(home: Path) -> tuple[Path, Path] | None:
    """Return certificate and key of the server, or None before they were made."""
    certificate, key = home / "tls" / "server.crt", home / "tls" / "server.key"
    return (certificate, key) if certificate.exists() and key.exists() else None


def hosts(home: Path) -> list[str]:
    """Return the names and addresses that the certificate was made for."""
    path = home / "tls" / "hosts.txt"
    return path.read_text("utf-8").split() if path.exists() else []


def make(home: Path, names: list[str], *, at: datetime) -> Made:
    """Make the authority if there is none, and a certificate for ``names``.

    Raises:
        ValueError: A name is neither a host name nor an address.
    """
    folder = home / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    alternatives = [_alternative(name) for name in names]
    authority, authority_key = _authority(folder, at)
    key = ec.generate_private_key(ec.SECP256R1())
    until = at + timedelta(days=SERVER_DAYS)
    certificate = (
        _builder(names[0], authority.subject, key.public_key(), at, until)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(
                authority_key.public_key()
            ),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    _write(folder / "server.key", _private(key), 0o600)
    chain = _pem(certificate) + _pem(authority)
    _write(folder / "server.crt", chain, 0o644)
    _write(folder / "hosts.txt", "\n".join(names).encode(), 0o644)
    print_ = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    return Made(folder / "authority.crt", print_, until)


def _authority(
    folder: Path, at: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate_path, key_path = folder / "authority.crt", folder / "authority.key"
    if certificate_path.exists():
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{key_path} is not an elliptic curve key")
        return x509.load_pem_x509_certificate(certificate_path.read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Darbaza, this house")])
    until = at + timedelta(days=AUTHORITY_DAYS)
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder("Darbaza, this house", name, key.public_key(), at, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _private(key), 0o600)
    _write(certificate_path, _pem(certificate), 0o644)
    return certificate, key


def _builder(
    common_name: str,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    at: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A desk's clock may be a little behind.
        .not_valid_before(at.astimezone(UTC) - timedelta(hours=1))
        .not_valid_after(until.astimezone(UTC))
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    labels = name.split(".")
    fine = all(
        label and label.isascii() and label.replace("-", "").isalnum()
        for label in labels
    )
    if not fine or len(name) > 253:
        raise ValueError(name)
    return x509.DNSName(name)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole or not at all, never readable by more than ``mode`` says."""
    half = path.with_suffix(path.suffix + ".new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    half.replace(path)
