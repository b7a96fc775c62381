"""Linked data as a foreign reader sees it."""

import socket
import warnings
from typing import NoReturn

import pytest
from rdflib import Graph, Namespace

OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")


def parsed(data: bytes) -> Graph:
    """The triples of JSON-LD; whatever would fetch something fails."""

    def refuse(*_: object, **__: object) -> NoReturn:
        msg = "something was to be fetched"
        raise AssertionError(msg)

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, about its own classes
        patch.setattr(socket, "getaddrinfo", refuse)
        patch.setattr(socket.socket, "connect", refuse)
        return Graph().parse(data=data, format="json-ld")
