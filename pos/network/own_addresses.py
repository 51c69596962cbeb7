"""What this machine is called in the shop's network: its private addresses, and its name there."""

import fcntl
import re
import socket
import struct

from pos.network.certificate import LOCAL, may_be_vouched_for

_ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR of Linux
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def private_addresses() -> list[str]:
    """The machine's addresses in private networks, those of its own loopback left out; nothing is sent for it."""
    found = {address for _, name in socket.if_nameindex() if (address := _address_of(name))}
    return sorted(
        (address for address in found if may_be_vouched_for(address) and not address.startswith("127.")),
        key=socket.inet_aton,
    )


def _address_of(interface: str) -> str | None:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            answer = fcntl.ioctl(asking, _ASK_FOR_ADDRESS, struct.pack("256s", interface.encode()[:15]))
    except OSError:
        return None
    return socket.inet_ntoa(answer[20:24])


def local_name() -> str | None:
    """The machine's name as the network's own name service (mDNS) gives it: quay1.local."""
    label = socket.gethostname().lower().partition(".")[0]
    return f"{label}.{LOCAL}" if _LABEL.fullmatch(label) and label != "localhost" else None
