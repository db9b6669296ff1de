"""One database and one role per service, and a second role that owns the tables, only for migrations.

Only these two roles may connect to the database. The service's role has no more rights on a table than the migrations grant.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@dataclass(frozen=True)
class ServiceDatabase:
    """URLs of one service's database: `url` for the service itself, `owner_url` for its migrations."""

    name: str
    url: str
    owner_url: str


def role_names(service: str) -> tuple[str, str]:
    """The role of the service, and the role that owns its tables."""
    return f"{service}_api", f"{service}_eigenaar"


def create_service_database(
    admin_url: str, service: str, *, name: str | None = None, template: str | None = None, passwords: dict[str, str] | None = None
) -> ServiceDatabase:
    """Create the roles (once) and a database that only they may connect to.

    Args:
        admin_url: libpq URL of a superuser.
        name: database name; by default the service's name.
        template: database of the same service to copy, as tests do.
        passwords: password by role, extended here for new roles; pass the same dict again for the same server.
    """
    name = name or service
    passwords = passwords if passwords is not None else {}
    with psycopg.connect(admin_url, autocommit=True) as admin:
        api, eigenaar = role_names(service)
        for name_ in (api, eigenaar):
            _create_role(admin, name_, passwords)
        role, owner = sql.Identifier(api), sql.Identifier(eigenaar)
        _create(admin, service, name, template or "template0")
    if template is None:  # a copy already has these rights
        _grant_schema(_with(admin_url, name), owner, role)
    return ServiceDatabase(
        name, url=_with(admin_url, name, api, passwords[api]), owner_url=_with(admin_url, name, eigenaar, passwords[eigenaar])
    )


def copy_service_database(admin: psycopg.Connection, service: str, template: ServiceDatabase, name: str) -> ServiceDatabase:
    """A copy of a database of a service, for many tests: it takes one connection of a superuser, that commits by itself."""
    _create(admin, service, name, template.name)
    return ServiceDatabase(name, _named(template.url, name), _named(template.owner_url, name))


def _create(admin: psycopg.Connection, service: str, name: str, template: str) -> None:
    role, owner = map(sql.Identifier, role_names(service))
    database = sql.Identifier(name)
    create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy")
    admin.execute(create.format(database, owner, sql.Identifier(template)))
    rights = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC; GRANT CONNECT ON DATABASE {} TO {}")
    admin.execute(rights.format(database, database, role))


def _grant_schema(url: str, owner: sql.Identifier, role: sql.Identifier) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"))
        admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))


def drop_database(admin: str | psycopg.Connection, name: str) -> None:
    """Remove a database and close all connections to it.

    Args:
        admin: libpq URL of a superuser, or a connection of one that commits by itself.
    """
    if isinstance(admin, str):
        with psycopg.connect(admin, autocommit=True) as connection:
            drop_database(connection, name)
    else:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def check_unused(admin_url: str, services: Iterable[str]) -> None:
    """Check that an external server has no roles or databases with our names: they would belong to somebody else.

    Raises:
        RuntimeError: it has.
    """
    with psycopg.connect(admin_url) as admin:
        names = [*services, *(role for service in services for role in role_names(service))]
        found = admin.execute(
            "SELECT datname FROM pg_database WHERE datname = ANY(%(n)s) "
            "UNION SELECT rolname FROM pg_roles WHERE rolname = ANY(%(n)s)",
            {"n": names},
        ).fetchall()
    if found:
        raise RuntimeError(
            f"this PostgreSQL server already holds {', '.join(sorted(name for (name,) in found))}; use an empty one"
        )


def drop_service_databases(admin_url: str, made: Iterable[ServiceDatabase], passwords: Iterable[str]) -> None:
    """Remove these databases and the roles that were created with them."""
    for database in made:
        drop_database(admin_url, database.name)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role in passwords:
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def _create_role(admin: psycopg.Connection, role: str, passwords: dict[str, str]) -> None:
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if role in passwords and exists:
        return
    passwords[role] = secrets.token_urlsafe(24)
    verb = "ALTER" if exists else "CREATE"
    admin.execute(sql.SQL(verb + " ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(passwords[role])))


def _named(url: str, database: str) -> str:
    """The same URL, of another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _with(url: str, database: str, role: str | None = None, password: str | None = None) -> str:
    parts = urlsplit(url)
    netloc = f"{role}:{password}@{parts.netloc.rpartition('@')[2]}" if role else parts.netloc
    return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))
