"""Tests reach this computer and nothing else."""

import socket

import pytest
import pytest_socket

# RFC 5737 reserves this address for documentation: nobody answers there.
NOWHERE = ("192.0.2.1", 9)
REFUSED = pytest_socket.SocketConnectBlockedError


def test_a_connection_to_another_computer_is_refused_at_once():
    with (
        socket.socket() as plug,
        pytest.warns(UserWarning, match="tried to use"),
        pytest.raises(REFUSED),
    ):
        plug.connect(NOWHERE)


def test_a_connection_to_this_computer_is_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        plug = socket.create_connection(address, timeout=5)
        assert plug.getpeername() == address
        plug.close()
