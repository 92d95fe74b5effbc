"""The in-house authority and the server's certificate."""

import re
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from darbaza.web.operations import certificates

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_server_certificate_is_signed_by_the_house_for_every_name(tmp_path):
    made = certificates.make(tmp_path, ["gate27.house", "10.0.0.5"], at=NOW)

    files = certificates.server_files(tmp_path)
    assert files is not None
    chain = x509.load_pem_x509_certificates(files[0].read_bytes())
    chain[0].verify_directly_issued_by(chain[1])
    names = chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) == ["gate27.house"]
    assert made.valid_until == NOW + timedelta(days=825)
    assert certificates.hosts(tmp_path) == ["gate27.house", "10.0.0.5"]
    assert (files[1].stat().st_mode & 0o777) == 0o600
    ssl.create_default_context(cafile=str(made.authority)).load_cert_chain(*files)


def test_a_new_certificate_keeps_the_authority_that_desks_trust(tmp_path):
    first = certificates.make(tmp_path, ["a.house"], at=NOW)
    second = certificates.make(tmp_path, ["b.house"], at=NOW)
    assert first.fingerprint == second.fingerprint
    assert certificates.hosts(tmp_path) == ["b.house"]


@pytest.mark.parametrize("name", ["bad host", "мекеме", "a..b", "x/../y", "*"])
def test_what_is_no_host_name_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=re.escape(name)):
        certificates.make(tmp_path, [name], at=NOW)
