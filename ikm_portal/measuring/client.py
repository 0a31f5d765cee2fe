"""The load generator: keeps N requests on their way, each over a connection of its own, and times them.

A process of its own, standard library only. It reads one order a line (JSON: host, port, path, headers, seconds,
connections) and answers one line each: how many requests, how many failed, requests per second, median and 95th
percentile in milliseconds. One thread over non-blocking sockets, so that it takes little from what it measures.
"""

import errno
import json
import selectors
import socket
import statistics
import sys
import time


class Request:
    """One request on its way: connect, send, read to the end."""

    def __init__(self, address: tuple[str, int], message: bytes) -> None:
        self.begun = time.perf_counter()
        self.message = message
        self.head = b""
        self.size = 0
        self.socket = socket.socket()
        self.socket.setblocking(False)
        code = self.socket.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, "cannot connect")

    def send(self) -> None:
        self.message = self.message[self.socket.send(self.message) :]

    def receive(self) -> bool:
        """Read what there is; True when the server has closed, that is at the end of the answer."""
        part = self.socket.recv(65536)
        self.size += len(part)
        if len(self.head) < 16:
            self.head += part[:16]
        return not part

    def good(self) -> bool:
        return self.head[9:12] == b"200" and self.size > 500


class Load:
    """One order being carried out."""

    def __init__(self, order: dict) -> None:
        self.address = (order["host"], order["port"])
        self.message = message(order)
        self.connections, self.seconds = order["connections"], order["seconds"]
        self.times: list[float] = []
        self.failed = 0
        self.watch = selectors.DefaultSelector()

    def run(self) -> dict:
        begun = time.perf_counter()
        end = begun + self.seconds
        for _ in range(self.connections):
            self._open()
        while self.watch.get_map():
            # What is on its way at the end is waited for, but not counted.
            for key, _events in self.watch.select(30):
                self._step(key.data, end)
        self.watch.close()
        return self._figures()

    def _open(self) -> None:
        request = Request(self.address, self.message)
        self.watch.register(request.socket, selectors.EVENT_WRITE, request)

    def _step(self, request: Request, end: float) -> None:
        try:
            ended = self._turn(request)
        except OSError:
            request.head, ended = b"", True
        if not ended:
            return
        self.watch.unregister(request.socket)
        request.socket.close()
        now = time.perf_counter()
        if not request.good():
            self.failed += 1
        elif now <= end:
            self.times.append(now - request.begun)
        if now < end:
            self._open()

    def _turn(self, request: Request) -> bool:
        if not request.message:
            return request.receive()
        request.send()
        if not request.message:
            self.watch.modify(request.socket, selectors.EVENT_READ, request)
        return False

    def _figures(self) -> dict:
        if len(self.times) < 2:
            return {"count": len(self.times), "failed": self.failed, "per_second": 0.0, "median": 0.0, "p95": 0.0}
        return {
            "count": len(self.times),
            "failed": self.failed,
            "per_second": len(self.times) / self.seconds,
            "median": statistics.median(self.times) * 1000,
            "p95": statistics.quantiles(self.times, n=20)[-1] * 1000,
        }


def message(order: dict) -> bytes:
    headers = {"Host": f"{order['host']}:{order['port']}", **order["headers"], "Connection": "close"}
    lines = [f"GET {order['path']} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(Load(json.loads(line)).run()), flush=True)


if __name__ == "__main__":
    main()
