"""What a process that works for strangers takes from itself: files, network, other programs.

Landlock leaves it the directories that it needs; a seccomp filter refuses the system calls that reach the
network, start programs, look into other processes or change the system. Both need no rights, hold for every
thread that is started later, and cannot be undone. The numbers stand in the kernel's public headers and
never change.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

# Of calls that only x86_64 has under this name, the number on aarch64 is None.
_Numbers = Mapping[str, tuple[int, int | None]]

_NEVER: _Numbers = MappingProxyType(
    {
        "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "accept": (43, 202),
        "accept4": (288, 242), "bind": (49, 200), "listen": (50, 201), "sendto": (44, 206),
        "sendmsg": (46, 211), "sendmmsg": (307, 269), "recvfrom": (45, 207), "recvmsg": (47, 212),
        "recvmmsg": (299, 243), "fork": (57, None), "vfork": (58, None), "execve": (59, 221),
        "execveat": (322, 281), "ptrace": (101, 117), "process_vm_readv": (310, 270),
        "process_vm_writev": (311, 271), "kcmp": (312, 272), "kill": (62, 129), "tkill": (200, 130),
        "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "add_key": (248, 217),
        "request_key": (249, 218), "keyctl": (250, 219), "mount": (165, 40), "umount2": (166, 39),
        "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97), "setns": (308, 268),
        "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "init_module": (175, 105),
        "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
        "reboot": (169, 142), "setuid": (105, 146), "setgid": (106, 144), "setresuid": (117, 147),
        "setresgid": (119, 149), "setgroups": (116, 159), "capset": (126, 91), "shmget": (29, 194),
        "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    }
)  # fmt: skip
_WRITING: _Numbers = MappingProxyType(
    {
        "creat": (85, None), "unlink": (87, None), "unlinkat": (263, 35), "rename": (82, None),
        "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34),
        "rmdir": (84, None), "link": (86, None), "linkat": (265, 37), "symlink": (88, None),
        "symlinkat": (266, 36), "truncate": (76, 45), "chmod": (90, None), "fchmodat": (268, 53),
        "chown": (92, None), "fchownat": (260, 54), "mknod": (133, None), "mknodat": (259, 33),
        "setxattr": (188, 5), "utimensat": (280, 88),
    }
)  # fmt: skip
_OPEN, _OPENAT, _CLONE, _SECCOMP = (2, None), (257, 56), (56, 220), (317, 277)
# From here on the numbers are the same everywhere; of the calls that came this late only these are let
# through: close_range, faccessat2, and those on futexes.
_FIRST_LATE = 424
_LATE = (436, 439, 449, 454, 455, 456)
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446

_MACHINES = MappingProxyType({"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)})
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_THREAD = 0x00010000  # the flag of clone that makes a thread, no process
_OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_NO_NEW_PRIVILEGES = 38

_READ = (1 << 2) | (1 << 3)  # read a file, list a directory
# How many rights on files each version of Landlock knows, the last from 5.
_FILE_RIGHTS = (13, 14, 15, 15, 16)
_WRITE = ((1 << 15) - 1) & ~1  # all of them but to run programs and to steer devices

_Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def confine(*, readable: Iterable[Path] = (), writable: Iterable[Path] = ()) -> tuple[str, ...]:
    """Leave this process nothing but these directories; threads that run already keep what they have.

    Returns:
        What the system refused, in words; nothing, if all holds.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return (f"files and network: there is no sandbox for {sys.platform} on {platform.machine()}",)
    kernel = ctypes.CDLL(None, use_errno=True)
    may_read, may_write = tuple(readable), tuple(writable)
    refused = []
    try:
        _check(kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _leave_directories(kernel, may_read, may_write)
    except OSError as error:
        refused.append(f"files: Landlock is not to be had ({error.strerror})")
    try:
        _filter_calls(kernel, may_write=bool(may_write))
    except OSError as error:
        refused.append(f"network: seccomp is not to be had ({error.strerror})")
    return tuple(refused)


def _leave_directories(kernel: ctypes.CDLL, readable: Sequence[Path], writable: Sequence[Path]) -> None:
    version = _check(kernel.syscall(_CREATE_RULESET, None, 0, 1))
    known = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS)) - 1]) - 1
    # Version 4 knows the right to bind and connect, version 6 signals and abstract sockets: none is given.
    asked = struct.pack("=QQQ", known, 3, 3)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    rules = _check(kernel.syscall(_CREATE_RULESET, asked, len(asked), 0))
    try:
        for paths, rights in ((readable, _READ), (writable, _WRITE & known)):
            for path in paths:
                _give(kernel, rules, path, rights)
        _check(kernel.syscall(_RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _give(kernel: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    directory = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _check(kernel.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, directory), 0))
    finally:
        os.close(directory)


def _filter_calls(kernel: ctypes.CDLL, *, may_write: bool) -> None:
    column, architecture = _MACHINES[platform.machine()]
    instructions = b"".join(
        struct.pack("=HBBI", *each) for each in _instructions(column, architecture, may_write=may_write)
    )
    kept = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.cast(kept, ctypes.c_void_p))
    # 1, 1: install a filter, for all threads.
    _check(kernel.syscall(_SECCOMP[column], 1, 1, ctypes.byref(program)))


def _instructions(column: int, architecture: int, *, may_write: bool) -> Iterator[_Instruction]:
    """Yield the filter: a refused call fails with "not permitted", a late one as if the kernel had it not."""
    not_permitted, not_there = _FAIL | errno.EPERM, _FAIL | errno.ENOSYS
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, architecture
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    yield _AT_LEAST, 0, len(_LATE) + 2, _FIRST_LATE
    for position, number in enumerate(_LATE):
        yield _EQUAL, len(_LATE) - position, 0, number
    yield _RETURN, 0, 0, not_there
    yield _RETURN, 0, 0, _ALLOW
    for numbers in (_NEVER, {} if may_write else _WRITING):
        for each in numbers.values():
            if (refused := each[column]) is not None:
                yield _EQUAL, 0, 1, refused
                yield _RETURN, 0, 0, not_permitted
    yield from _by_argument(_CLONE[column], 0, _THREAD, (_ALLOW, not_permitted))
    if not may_write:
        yield from _by_argument(_OPENAT[column], 2, _OPENED_TO_WRITE, (not_permitted, _ALLOW))
        if (plain := _OPEN[column]) is not None:
            yield from _by_argument(plain, 1, _OPENED_TO_WRITE, (not_permitted, _ALLOW))
    yield _RETURN, 0, 0, _ALLOW


def _by_argument(number: int, argument: int, bits: int, verdicts: tuple[int, int]) -> Iterator[_Instruction]:
    """Decide a call by whether one of the bits is set in an argument's lower half."""
    yield _EQUAL, 0, 4, number
    yield _LOAD, 0, 0, _ARGUMENTS + 8 * argument
    yield _ANY_BIT, 0, 1, bits
    yield _RETURN, 0, 0, verdicts[0]
    yield _RETURN, 0, 0, verdicts[1]


def _check(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
