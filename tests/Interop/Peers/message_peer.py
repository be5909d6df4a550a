"""A client and a server of the message protocol, written after its description: two bytes of header length (big-endian), a
JSON header (byteorder, content-type, content-encoding, content-length), the content.

    message_peer.py server COUNT           answers as many requests, one on each connection
    message_peer.py client HOST PORT SEED  asks, checks the answers
"""
import json
import random
import socket
import struct
import sys

FIELDS = ("byteorder", "content-type", "content-encoding", "content-length")


def encode(content, content_type, encoding):
    header = json.dumps({
        "byteorder": sys.byteorder,
        "content-type": content_type,
        "content-encoding": encoding,
        "content-length": len(content),
    }, ensure_ascii=False).encode("utf-8")
    return struct.pack(">H", len(header)) + header + content


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(min(4096, count - len(data)))
        if not part:
            raise RuntimeError("Peer closed.")
        data += part
    return data


def read_message(connection):
    (length,) = struct.unpack(">H", read_exactly(connection, 2))
    header = json.loads(read_exactly(connection, length).decode("utf-8"))
    for field in FIELDS:
        if field not in header:
            raise ValueError(f"Missing required header '{field}'.")
    return header, read_exactly(connection, header["content-length"])


def answer(header, content):
    if header["content-type"] == "text/json":
        request = json.loads(content.decode(header["content-encoding"]))
        if isinstance(request, dict) and request.get("action") == "search":
            result = {"result": f"No match for '{request['value']}'."}
        else:
            result = {"result": request}
        return encode(json.dumps(result, ensure_ascii=False).encode("utf-8"), "text/json", "utf-8")
    return encode(b"First 10 bytes of request: " + content[:10], "binary/custom-server-binary-type", "binary")


def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        print(f"listening {listener.getsockname()[1]}", flush=True)
        for _ in range(int(sys.argv[2])):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(30)
                connection.sendall(answer(*read_message(connection)))


def ask(address, request, pieces):
    with socket.create_connection(address, timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begin = 0
        for end in sorted(pieces) + [len(request)]:
            connection.sendall(request[begin:end])
            begin = end
        header, content = read_message(connection)
        assert connection.recv(1) == b"", "the server did not close after its answer"
        return header, content


def client():
    address = (sys.argv[2], int(sys.argv[3]))
    chance = random.Random(int(sys.argv[4]))
    values = [{"action": "search", "value": "café 🐶"}, {}, [], "", 0, None, False, 1.5, {"deep": [[{"a": ["b"]}]]},
              "x" * 5000]
    for value in values:
        request = encode(json.dumps(value, ensure_ascii=False).encode("utf-8"), "text/json", "utf-8")
        header, content = ask(address, request, [chance.randrange(len(request)) for _ in range(chance.randrange(5))])
        assert header["content-type"] == "text/json", header
        assert json.loads(content.decode(header["content-encoding"])) == {"echo": value}, content
    for data in (b"", b"\0", b"binaryStuff\0\xff" * 300):
        request = encode(data, "binary/custom-client-binary-type", "binary")
        header, content = ask(address, request, [1, 2, 3])
        assert header["content-type"] == "binary/custom-server-binary-type", header
        assert header["content-encoding"] == "binary" and content == data[::-1], content


serve() if sys.argv[1] == "server" else client()
