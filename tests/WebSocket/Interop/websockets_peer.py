# Debian's python3-websockets as the peer. "client URI" does its tasks against an echo server and ends; "server" serves an
# echo, and tells its port in its first line.
import asyncio
import sys

try:
    import websockets
except ImportError as error:
    print("missing", error, flush=True)
    sys.exit(0)

TEXT = "".join(chr((plane << 16) + c) for plane in range(17) for c in (0x21, 0xFFFD, 0x1234))


async def client(uri):
    count = 0
    for compression in (None, "deflate"):
        async with websockets.connect(uri, compression=compression, max_size=2**21) as ws:
            for size in (0, 1, 125, 126, 127, 65535, 65536, 65537, 1 << 20):
                data = bytes(i * 31 & 255 for i in range(size))
                await ws.send(data)
                assert await ws.recv() == data, size
                count += 1
            await ws.send(TEXT)
            assert await ws.recv() == TEXT
            await ws.send([TEXT, "", TEXT])
            assert await ws.recv() == TEXT + TEXT
            await asyncio.wait_for(await ws.ping(b"here"), 20)
            await ws.close(4321, "bye")
            assert ws.close_code == 4321, ws.close_code
            count += 3
    for bad in (websockets.exceptions.InvalidStatusCode,):
        try:
            await websockets.connect(uri + "nowhere")
            raise AssertionError("accepted")
        except bad as e:
            assert e.status_code == 404, e
            count += 1
    print("done", count, flush=True)


async def server():
    async def echo(ws):
        async for message in ws:
            await ws.send(message)

    async with websockets.serve(echo, "127.0.0.1", 0, max_size=2**21) as s:
        print(s.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


asyncio.run(client(sys.argv[2]) if sys.argv[1] == "client" else server())
