"""Calls of struct, timed here. A line: seconds, pack or unpack, the format, the bytes. The answer: calls a second by the
clock, and by processor time."""
import struct
import sys
import time

for line in sys.stdin:
    seconds, name, code, data = line.split()
    layout = struct.Struct(code)
    data = bytes.fromhex(data)
    values = layout.unpack(data)
    call, arguments = (layout.pack, values) if name == "pack" else (layout.unpack, (data,))
    calls = 0
    wall, processor = time.perf_counter(), time.process_time()
    end = wall + float(seconds)
    while time.perf_counter() < end:
        for _ in range(1000):
            call(*arguments)
        calls += 1000
    print(calls / (time.perf_counter() - wall), calls / (time.process_time() - processor), flush=True)
