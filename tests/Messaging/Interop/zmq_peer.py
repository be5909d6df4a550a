"""libzmq as the peer of a test: one JSON object a line in, one a line out.

Ends when its input does, and after 60 s at the latest. Bytes travel in base64.
"""
import base64
import json
import os
import queue
import sys
import threading
import time

PATIENCE_MS = 20_000
MAX_LIFE_S = 60

try:
    import zmq
    from zmq.utils.monitor import recv_monitor_message
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)


def bytes_of(text):
    return base64.b64decode(text)


def text_of(data):
    return base64.b64encode(data).decode()


class Peer:
    def __init__(self):
        self.context = zmq.Context()
        self.sockets = []
        self.monitors = []

    def open(self, type, options, identity):
        socket = self.context.socket(getattr(zmq, type))
        socket.linger = 0
        socket.sndtimeo = socket.rcvtimeo = PATIENCE_MS
        socket.reconnect_ivl = 50
        if identity:
            socket.setsockopt(zmq.IDENTITY, bytes_of(identity))
        for name, value in options.items():
            socket.setsockopt(getattr(zmq, name), value.encode() if isinstance(value, str) else value)
        self.sockets.append(socket)
        self.monitors.append(socket.get_monitor_socket())
        return len(self.sockets) - 1

    def bind(self, id, endpoint):
        self.sockets[id].bind(endpoint)
        return self.sockets[id].getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()

    def connect(self, id, endpoint):
        self.sockets[id].connect(endpoint)

    def subscribe(self, id, prefix, add):
        socket = self.sockets[id]
        if socket.type == zmq.XSUB:
            socket.send((b"\1" if add else b"\0") + bytes_of(prefix))
        else:
            socket.setsockopt(zmq.SUBSCRIBE if add else zmq.UNSUBSCRIBE, bytes_of(prefix))

    def send(self, id, frames):
        end = time.monotonic() + PATIENCE_MS / 1000
        while True:
            try:
                return self.sockets[id].send_multipart([bytes_of(frame) for frame in frames])
            except zmq.ZMQError as error:
                # A ROUTER whose peer is still to come.
                if error.errno != zmq.EHOSTUNREACH or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def try_send(self, id, frames):
        try:
            self.sockets[id].send_multipart([bytes_of(frame) for frame in frames], zmq.NOBLOCK)
            return True
        except zmq.Again:
            return False

    def receive(self, id, ms):
        if not self.sockets[id].poll(ms):
            return None
        return [text_of(frame) for frame in self.sockets[id].recv_multipart()]

    def send_many(self, id, count):
        for i in range(count):
            self.sockets[id].send(i.to_bytes(4, "little"))

    def receive_many(self, id, count):
        """How many came in order."""
        for i in range(count):
            if int.from_bytes(self.sockets[id].recv(), "little") != i:
                return i
        return count

    def echo(self, id, count):
        for _ in range(count):
            self.sockets[id].send_multipart(self.sockets[id].recv_multipart())

    def ask(self, id, count):
        """How many questions came back as they were."""
        for i in range(count):
            question = [b"question", b"%d" % i]
            self.sockets[id].send_multipart(question)
            if self.sockets[id].recv_multipart() != question:
                return i
        return count

    def event(self, id, names, ms):
        """The first of these events of the socket's connections; None when none came in time."""
        wanted = {int(getattr(zmq, "EVENT_" + name)): name for name in names}
        end = time.monotonic() + ms / 1000
        while True:
            left = end - time.monotonic()
            if left <= 0 or not self.monitors[id].poll(left * 1000):
                return None
            event = int(recv_monitor_message(self.monitors[id])["event"])
            if event in wanted:
                return wanted[event]


def read(lines):
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


def main():
    threading.Thread(target=lambda: (time.sleep(MAX_LIFE_S), os._exit(1)), daemon=True).start()
    lines = queue.Queue()
    peer = Peer()
    print(json.dumps({"result": zmq.zmq_version()}), flush=True)
    threading.Thread(target=read, args=(lines,), daemon=True).start()
    while True:
        call = json.loads(lines.get())
        try:
            answer = {"result": getattr(peer, call.pop("call"))(**call)}
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)


main()
