"""Put a proven backup in the place of a database, and keep what stood there."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from darbaza.audit import selectors as audit
from darbaza.web.operations import backups, copies
from darbaza.web.operations.backups import BackupError, Manifest


def restore(path: Path, *, at: datetime, scratch: Path, replace: bool) -> Manifest:
    """Restore ``path``; what stood there before is set aside, never overwritten.

    Raises:
        BackupError: The backup is not whole, is of the other engine, a database is
            here and ``replace`` was not said, or its audit record does not hold.
    """
    manifest = backups.unpack(path, scratch)
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"this backup is of {manifest.engine}, this installation uses"
            f" {connection.vendor}"
        )
    if connection.vendor == "sqlite":
        _restore_sqlite(scratch / backups.SQLITE, at=at, replace=replace)
    else:
        _restore_postgresql(scratch / backups.DUMP)
    _restore_secret(scratch / "secret.key", at)
    call_command("migrate", verbosity=0)
    prove(manifest)
    return manifest


def prove(manifest: Manifest) -> None:
    """Walk every audit chain and hold it against the heads in the manifest.

    Raises:
        BackupError: A chain is broken or was cut off.
    """
    for breach in audit.breaches():
        raise BackupError(
            f"the audit record of {breach.institution_id} breaks at {breach.seq}"
        )
    found = {
        str(key): (link.seq, link.hash.hex()) for key, link in audit.heads().items()
    }
    for key, (seq, digest) in manifest.heads.items():
        if key not in found or found[key][0] < seq:
            raise BackupError(f"the audit record of {key} was cut off before {seq}")
        if found[key][0] == seq and found[key][1] != digest:
            raise BackupError(f"the audit record of {key} ends differently at {seq}")


def _restore_sqlite(copy: Path, *, at: datetime, replace: bool) -> None:
    database = Path(str(connection.settings_dict["NAME"]))
    if database.exists() and not replace:
        raise BackupError(
            f"{database} exists; say --replace to set it aside and restore"
        )
    if trouble := copies.trouble(copy):
        raise BackupError(f"the database in the backup is damaged: {trouble}")
    connections.close_all()
    stamp = at.strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        old = database.with_name(database.name + suffix)
        if old.exists():
            old.rename(database.with_name(f"{database.name}{suffix}.before-{stamp}"))
    copy.replace(database)


def _restore_postgresql(dump: Path) -> None:
    if connection.introspection.table_names():
        raise BackupError("this PostgreSQL database is not empty; name an empty one")
    connections.close_all()
    address = backups.postgresql_address()
    backups.run(["pg_restore", "--no-owner", "--exit-on-error", *address, str(dump)])


def _restore_secret(secret: Path, at: datetime) -> None:
    """Passes printed before must still open the gate: their key comes back too."""
    place = settings.HOME / "secret.key"
    if place.exists() and place.read_bytes() != secret.read_bytes():
        place.rename(place.with_name(f"secret.key.before-{at:%Y%m%d-%H%M%S}"))
    secret.replace(place)
