"""A program that has a binder open, as the screen has, and does what it is told: a real process."""

import contextlib
import multiprocessing
import os
import resource
import time

from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.errors import TicklerError
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.store import gate, opened

_FORK = multiprocessing.get_context("fork")


def add(desk, name):
    return desk.do(filing.file.add, NewDossier(name)).text


def names(desk):
    """The clients in the binder."""
    return sorted(row.name for row in desk.see(clients.listing.listed))


def poll(desk):
    """As the screen does it twice a second."""
    return desk.pulse()


@contextlib.contextmanager
def without_room():
    """As on a full disk: no file of this process can grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def poll_without_room(desk):
    with without_room():
        return desk.pulse()


def rest(desk):
    """As the screen does it after some idle seconds."""
    os.utime(desk.path.with_name(f"{desk.path.name}-wal"), (time.time() - 60,) * 2)
    return desk.pulse()


class Program:
    """Another process that has the binder open; `told` is what the rep was told there."""

    def __init__(self, path, patience=0.6, rep="Rep"):
        self._ours, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_obey, args=(path, patience, rep, theirs))
        self._process.start()
        theirs.close()
        self.told = []

    def ask(self, do, *about):
        """What became of it, or the fault."""
        self._ours.send((do, about))
        answer, told = self._ours.recv()
        self.told += told
        return answer

    def done(self, do, *about):
        """What became of it, which must go well."""
        answer = self.ask(do, *about)
        assert not isinstance(answer, TicklerError), answer
        return answer

    def kill(self):
        """As by the machine: no file is closed."""
        self._process.kill()
        self._process.join(20)

    def quit(self):
        """As by the rep."""
        self._ours.send(None)
        self.told += self._ours.recv()
        self._process.join(20)
        assert self._process.exitcode == 0


def _obey(path, patience, rep, orders):
    opened.IDLE, gate.PATIENCE = 30, patience
    desk = Desk(path, Settings(rep=rep))
    while order := orders.recv():
        do, about = order
        try:
            answer = do(desk, *about)
        except TicklerError as error:
            answer = error
        orders.send((answer, desk.notices()))
    desk.close()
    orders.send(desk.notices())
    os._exit(0)
