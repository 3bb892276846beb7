"""A printer on the network: bytes to port 9100, answers back on the same connection.

One connection is kept and carries one paper after the other. A host that vanishes without a
word (cable out, power off) is noticed by what it does not acknowledge; nothing of a paper is
sent twice, because a connection that broke is never continued.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import struct
from collections.abc import Callable, Sequence

from devices.beside import beside
from devices.errors import PortAbsent, PortForbidden, PortUnavailable
from devices.port import AsyncPort

CONNECT_S = 3.0

# A host that acknowledges nothing for so long is gone: what was written …
UNACKNOWLEDGED_S = 6.0
# … and, when nothing was, an empty question after 4 s and each second, three times.
_IDLE_S, _AGAIN_S, _TIMES = 4, 1, 3

# As much as a printer holds itself: what lies here is neither printed nor can be taken back.
_SEND_BUFFER_BYTES = 16_384

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

Address = tuple[socket.AddressFamily, tuple[str, int]]


def look_up(host: str, port: int) -> Sequence[Address]:
    """The addresses of `host`; blocks for as long as the network likes. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, (str(address[0]), port)) for family, _, _, _, address in found]


class TcpLine:
    outlives_power = False
    """A printer that was off answers an older connection with RST."""

    def __init__(
        self,
        host: str,
        port: int = 9100,
        *,
        connect_s: float = CONNECT_S,
        unacknowledged_s: float = UNACKNOWLEDGED_S,
        resolve: Callable[[str, int], Sequence[Address]] = look_up,
    ) -> None:
        self._host = host
        self._port = port
        self._connect_s = connect_s
        self._unacknowledged_ms = int(unacknowledged_s * 1000)
        self._resolve = resolve
        self._looking: asyncio.Future[Sequence[Address]] | None = None

    async def open(
        self, on_data: Callable[[bytes], None], on_lost: Callable[[], None]
    ) -> AsyncPort:
        place = f"{self._host}:{self._port}"
        try:
            async with asyncio.timeout(self._connect_s):
                connection = await self._connected()
        except TimeoutError as fault:
            raise PortAbsent(f"{place}: no answer") from fault
        except PermissionError as fault:
            raise PortForbidden(f"{place}: {fault}") from fault
        except ConnectionRefusedError as fault:
            # Also what a printer answers that serves another host now.
            raise PortAbsent(f"{place}: refused") from fault
        except (OSError, UnicodeError) as fault:
            # The latter of a name that can be none: 192.168.1..50.
            raise PortAbsent(f"{place}: {fault}") from fault
        port = TcpPort(connection.detach(), on_data, on_lost)
        port.give_up_after(self._unacknowledged_ms)
        return port

    def seconds_for(self, count: int) -> float:
        """The network takes no time that counts."""
        return 0.0

    async def _connected(self) -> socket.socket:
        fault: OSError | None = None
        for family, address in await self._addresses():
            end = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
            try:
                await asyncio.get_running_loop().sock_connect(end, address)
                _watch(end)
                return end
            except OSError as refused:
                end.close()
                fault = refused
            except BaseException:
                end.close()
                raise
        raise fault or PortUnavailable(f"{self._host}: has no address")

    async def _addresses(self) -> Sequence[Address]:
        try:
            version = ipaddress.ip_address(self._host).version
        except ValueError:
            # One question at a time: a dead name server leaves each open for long.
            if self._looking is None or self._looking.done():
                self._looking = beside(lambda: self._resolve(self._host, self._port))
            return await asyncio.shield(self._looking)
        family = socket.AF_INET if version == 4 else socket.AF_INET6
        return [(family, (self._host, self._port))]


def _watch(end: socket.socket) -> None:
    """Lets the kernel notice a host that is gone, and send each byte at once."""
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _IDLE_S)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _AGAIN_S)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, _TIMES)


class TcpPort(AsyncPort):
    _milliseconds = 0
    _stopped = False

    def give_up_after(self, milliseconds: int) -> None:
        """How long what was written may stay unacknowledged before the line is lost."""
        self._milliseconds = milliseconds
        self._set_timeout(milliseconds)

    def expect_stop(self, stopped: bool) -> None:
        """The kernel counts a full printer as one that acknowledges nothing."""
        if not self._closed and stopped != self._stopped and (stopped or not self.unsent()):
            self._stopped = stopped
            self._set_timeout(0 if stopped else self._milliseconds)

    def _set_timeout(self, milliseconds: int) -> None:
        end = socket.socket(fileno=self._descriptor)
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
        end.detach()

    def discard(self) -> None:
        """What was given to the network cannot be taken back."""

    def _forget(self, *, unsent_too: bool) -> None:
        if unsent_too:
            # Else the kernel would go on sending the paper after the line was let go.
            end = socket.socket(fileno=self._descriptor)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            end.detach()
