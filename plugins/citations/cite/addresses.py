"""Which addresses may be asked."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from plugins.citations.cite.model import Refused


def host_of(url: str) -> str:
    """Return the host of an address that may be asked, or raise `Refused`: https, or http within this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or any(ord(sign) <= ord(" ") for sign in url):
        raise Refused(f'"{url}" is no address; write one such as https://example.org/page')
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local(host)):
        raise Refused(f'"{url}" is not asked but over https; write https://, or paste the entry')
    return host


def may_lead_to(url: str, *, from_local: bool) -> bool:
    """Tell whether an answer may send on to an address: on the web, and not from it to this machine's neighbours."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and (from_local or not is_local(host))


def is_local(host: str) -> bool:
    """Tell whether a host is this machine, or one of its own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return not address.is_global
