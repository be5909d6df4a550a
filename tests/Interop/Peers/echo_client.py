"""An echo client in another language. Usage: echo_client.py CASE HOST PORT [SEED]; exit code 0 = as promised."""
import random
import socket
import struct
import sys
import threading

LIMIT_S = 30  # for every call: a server that hangs fails the test, it does not stop it


def connect(address, receive_buffer=0):
    client = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_STREAM)
    client.settimeout(LIMIT_S)
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.connect(address)
    return client


def udp(address):
    client = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(LIMIT_S)
    client.connect(address)
    return client


def receive(client, count):
    data = b""
    while len(data) < count:
        part = client.recv(count - len(data))
        assert part, f"the stream ended after {len(data)} of {count} bytes"
        data += part
    return data


def echo(client, data):
    client.sendall(data)
    answer = receive(client, len(data))
    assert answer == data, "the echo differs"


def odd_pieces(address, rng):
    """64 KiB in pieces of every odd size, read in other pieces."""
    data = rng.randbytes(65536)
    client = connect(address)

    def send():
        at = 0
        while at < len(data):
            size = rng.choice([1, 3, 7, 509, 511, 513, 1459, 1461, 4099])
            client.sendall(data[at:at + size])
            at += size

    sender = threading.Thread(target=send)
    sender.start()
    answer = receive(client, len(data))
    sender.join()
    assert answer == data, "the echo differs"
    client.close()


def half_close(address, rng):
    """All comes back after the client's end of stream, then the server ends its own."""
    data = rng.randbytes(20000)
    client = connect(address)
    client.sendall(data)
    client.shutdown(socket.SHUT_WR)
    assert receive(client, len(data)) == data, "the echo differs"
    assert client.recv(1) == b"", "expected the end of the stream"
    client.close()


def beyond_the_limit(address, rng):
    """clients=2: the third is served as soon as the first has gone, not before."""
    first, second = connect(address), connect(address)
    echo(first, b"first")
    echo(second, b"second")
    third = connect(address)
    third.sendall(b"third")
    third.settimeout(0.3)
    try:
        early = third.recv(5)
        raise AssertionError(f"served beyond the limit: {early}")
    except TimeoutError:
        pass
    third.settimeout(LIMIT_S)
    first.close()
    assert receive(third, 5) == b"third"
    second.close()
    third.close()


def crowd(address, rng):
    """Twenty clients at once, more than the limit: everybody gets the own bytes back."""
    failures = []

    def one(seed):
        try:
            mine = random.Random(seed)
            client = connect(address)
            for _ in range(10):
                echo(client, mine.randbytes(mine.randrange(1, 3000)))
            client.close()
        except BaseException as e:  # reported below, by the main thread
            failures.append(repr(e))

    threads = [threading.Thread(target=one, args=(rng.random(),)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def reset(address, rng):
    """A client that resets the connection in the middle harms nobody else."""
    other = connect(address)
    echo(other, b"before")
    for _ in range(20):
        client = connect(address)
        client.sendall(rng.randbytes(5000))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    echo(other, b"after")
    other.close()


def never_reads(address, rng):
    """The server stops reading from a client that does not take its echo, and serves the others meanwhile."""
    lazy = connect(address, receive_buffer=4096)
    lazy.settimeout(0.5)
    sent = b""
    chunk = rng.randbytes(65536)
    try:
        while len(sent) < 256 * 1024 * 1024:
            sent += chunk[:lazy.send(chunk)]
        raise AssertionError("the server took 256 MiB without giving any back")
    except TimeoutError:
        pass
    other = connect(address)
    echo(other, b"hello")
    other.close()
    lazy.settimeout(LIMIT_S)
    assert receive(lazy, len(sent)) == sent, "the echo differs"
    lazy.close()


def idle(address, rng):
    """idle=1: a silent client is disconnected."""
    client = connect(address)
    echo(client, b"hello")
    assert client.recv(1) == b"", "expected the end of the stream"
    client.close()


def datagrams(address, rng):
    """Datagrams of every size come back whole, the empty one too; one that is too long is dropped."""
    client = udp(address)
    for size in (0, 1, 511, 512, 513, 1472):
        data = rng.randbytes(size)
        client.send(data)
        assert client.recv(65535) == data, f"{size} bytes: the echo differs"
    client.send(bytes(1473))
    client.send(b"next")
    assert client.recv(65535) == b"next", "a datagram of 1473 bytes was not dropped"
    client.close()


if __name__ == "__main__":
    case, host, port, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    print(f"{case}, seed {seed}", flush=True)
    globals()[case]((host, port), random.Random(seed))
