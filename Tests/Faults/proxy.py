"""A way to a server that can be slow, or take everything and say nothing."""

import socket
import threading
import time


class Proxy:
    """Hands bytes on in both directions, each piece `delay` seconds late; nothing at all while it is stuck."""

    def __init__(self, target):
        self.delay = 0.0
        self._target = target
        self._free = threading.Event()
        self._free.set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stick(self):
        self._free.clear()

    def flow(self):
        self.delay = 0.0
        self._free.set()

    def close(self):
        self._free.set()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near):
        try:
            self._free.wait()
            far = socket.create_connection(("127.0.0.1", self._target), timeout=30)
            far.settimeout(None)
            back = threading.Thread(target=self._hand_on, args=(far, near), daemon=True)
            back.start()
            self._hand_on(near, far)
            back.join()
        except OSError:
            pass
        finally:
            near.close()

    def _hand_on(self, source, sink):
        try:
            while True:
                piece = source.recv(65_536)
                if not piece:
                    break
                if self.delay:
                    time.sleep(self.delay)
                self._free.wait()
                sink.sendall(piece)
        except OSError:
            pass
        try:
            sink.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
