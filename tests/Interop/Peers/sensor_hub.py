"""The other end of the app SensorHub, by libzmq. Ends by itself after 60 s at the latest.

sensor_hub.py pull BOARDS        is the hub: binds a PULL at a free port of 127.0.0.1, tells the port, and prints what comes
                                 until so many boards have come and left.
sensor_hub.py push PORT NAME ... is a sensor of each name, with 40 readings for the hub at that port of 127.0.0.1.
"""
import os
import sys
import threading
import time

try:
    import zmq
    from zmq.utils.monitor import recv_monitor_message
except ImportError as error:
    print("missing", error, flush=True)
    sys.exit(0)

MAX_LIFE_S = 60
READINGS = 40


def pull(boards):
    socket = zmq.Context.instance().socket(zmq.PULL)
    left = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    print("listening", socket.bind_to_random_port("tcp://127.0.0.1"), flush=True)
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(left, zmq.POLLIN)
    # What a board sent is there when its end is: when all have left, one more look is the last.
    while True:
        ready = dict(poller.poll())
        if left in ready:
            recv_monitor_message(left)
            boards -= 1
        while socket.poll(0):
            print(socket.recv_string(), flush=True)
        if boards == 0:
            return


def push(port, names):
    sockets = []
    for name in names:
        socket = zmq.Context.instance().socket(zmq.PUSH)
        socket.connect("tcp://127.0.0.1:" + port)
        sockets.append((name, socket))
    for i in range(READINGS):
        for name, socket in sockets:
            socket.send_string("%s %d 20.5" % (name, i + 1))
    for _, socket in sockets:
        socket.close()
    # Waits until all of it is out.
    zmq.Context.instance().term()


threading.Thread(target=lambda: (time.sleep(MAX_LIFE_S), os._exit(1)), daemon=True).start()
if sys.argv[1] == "pull":
    pull(int(sys.argv[2]))
else:
    push(sys.argv[2], sys.argv[3:])
os._exit(0)
