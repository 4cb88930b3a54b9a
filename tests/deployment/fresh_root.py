"""A file system with a bare Debian and Python, in which steps run as an engine would run them.

Each step runs in namespaces of its own, changed into the root: it sees Debian's programs (read-only), this
Python under ``/usr/local`` as in the images of Python, and what earlier steps left. It sees neither the
repository nor anybody's home.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
_TREES = (
    "etc/systemd/system", "opt", "proc", "sys", "root", "home", "srv", "tmp", "dev", "var/lib", "var/tmp",
    "run", "usr",
)  # fmt: skip
_LINKS = ("bin", "sbin", "lib", "lib64")
# Accounts, certificates, and the way to the packages, as this machine has them.
_FROM_ETC = (
    "passwd", "group", "shadow", "gshadow", "login.defs", "nsswitch.conf", "hosts", "resolv.conf", "pip.conf",
    "ssl", "ca-certificates", "ld.so.conf", "ld.so.conf.d", "os-release",
)  # fmt: skip
_KEPT = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
_LOOPBACK_UP = (
    "import fcntl, socket, struct;fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh14x', b'lo', 1))"
)


def missing() -> str:
    """Return why this machine cannot make a root and run steps in it; nothing if it can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "needs Linux and the rights of root to make a file system"
    tools = [tool for tool in ("unshare", "nsenter", "setpriv", "chroot") if shutil.which(tool) is None]
    if tools:
        return f"needs {', '.join(tools)}"
    alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--propagation", "private"]
    tried = _finish([*alone, "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
    return f"may not make namespaces or mount: {tried.stderr.strip()}" if tried.returncode else ""


@dataclass(frozen=True)
class FreshRoot:
    """A directory that steps take for the whole file system.

    Attributes:
        path: of the directory.
        environment: the variables that steps have, and no others.
    """

    path: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, command: Sequence[str], *, cwd: str = "/") -> subprocess.CompletedProcess[str]:
        """Run a step as root with the network of the machine, as a step of a build."""
        script = f'{self._mounts()}\nexec chroot {self.path} env --chdir={cwd} -- "$@"'
        inside = ["unshare", "--mount", "--propagation", "private", "sh", "-eu", "-c", script, "sh"]
        return _finish([*inside, *command], self.environment)

    def start(
        self,
        command: Sequence[str],
        *,
        account: int,
        volumes: Mapping[str, Path],
        environment: Mapping[str, str],
    ) -> Started:
        """Start a program as the first of its process namespace, with its own network and no rights at all.

        Args:
            command: of the program.
            account: the number of the account and its group.
            volumes: by path in the root, the directories that can be written; all else cannot. The
                program begins in the first.
            environment: all the variables that it has.
        """
        given = "\n".join(f"mount --bind {there} {self.path}{here}" for here, there in volumes.items())
        script = f"""
            {sys.executable} -c "{_LOOPBACK_UP}"
            mount --bind {self.path} {self.path}
            {self._mounts()}
            mount -t proc proc {self.path}/proc
            mount -o remount,ro,bind {self.path}
            mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs {self.path}/tmp
            {given}
            exec chroot {self.path} setpriv --reuid {account} --regid {account} --clear-groups \\
              --no-new-privs --bounding-set=-all --inh-caps=-all \\
              env --ignore-environment --chdir={next(iter(volumes))} "$@"
        """  # noqa: S108
        number, said = tempfile.mkstemp(suffix=".txt", dir=self.path.parent)
        alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        variables = [f"{name}={value}" for name, value in environment.items()]
        with os.fdopen(number, "wb") as output:
            process = subprocess.Popen(
                [*alone, "sh", "-eu", "-c", script, "sh", *variables, *command], stdout=output, stderr=output
            )
        return Started(process, Path(said), environment)

    def _mounts(self) -> str:
        python = Path(sys.base_prefix)
        lines = [f"mount --rbind -o ro /usr {self.path}/usr", f"mount --rbind /dev {self.path}/dev"]
        if python == Path("/usr"):
            # Debian's own: it has no program of the plain name.
            lines += [
                f"mount -t tmpfs tmpfs {self.path}/usr/local",
                f"mkdir {self.path}/usr/local/bin",
                f"ln -s /usr/bin/python3 {self.path}/usr/local/bin/python",
            ]
        else:
            lines.append(f"mount --bind -o ro {python} {self.path}/usr/local")
        return "\n".join(lines)


@dataclass(frozen=True)
class Started:
    """A program that runs in a fresh root.

    Attributes:
        process: which waits for the program and ends as it ends.
        said: what the program has written.
        environment: what the program was given.
    """

    process: subprocess.Popen[bytes]
    said: Path
    environment: Mapping[str, str]

    @property
    def first(self) -> int:
        """The number of the program itself, as seen from outside."""
        waiting = self.process.pid
        children = Path(f"/proc/{waiting}/task/{waiting}/children").read_text(encoding="ascii")
        return int(children.split()[0])

    def end(self) -> None:
        """End the program and all that it has started, if it still runs."""
        # By its own number: with its account it lost what would end it together with the process that waits.
        if self.process.poll() is None:
            os.kill(self.first, signal.SIGKILL)
        self.process.wait()

    def beside(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program in the namespaces and the root of the one that runs."""
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        within = ["nsenter", "--target", str(self.first), "--all", "--root", "--wd"]
        return _finish([*within, "env", "--ignore-environment", *variables, *command])


def make_root(directory: Path) -> FreshRoot:
    """Return an empty root; the machine's way to its packages (settings of pip, certificates) goes along."""
    for tree in ("", *_TREES):
        (directory / tree).mkdir(parents=True, exist_ok=True)
        (directory / tree).chmod(0o1777 if tree == "tmp" else 0o755)
    for link in _LINKS:
        if Path("/", link).is_symlink():
            (directory / link).symlink_to(f"usr/{link}")
    for name in _FROM_ETC:
        source = Path("/etc", name)
        if source.is_dir():
            shutil.copytree(source, directory / "etc" / name, symlinks=True)
        elif source.exists():
            shutil.copy2(source, directory / "etc" / name)
    settings = Path("~/.config/pip").expanduser()
    if settings.is_dir():
        shutil.copytree(settings, directory / "root/.config/pip")
    kept = {name: said for name, said in os.environ.items() if name[:4] == "PIP_" or name.upper() in _KEPT}
    root = FreshRoot(directory, {**kept, "PATH": _PATH, "HOME": "/root"})
    # This Python's library may stand under another path here than where it was built for.
    linked = root.run(["ldconfig"])
    assert linked.returncode == 0, linked.stderr
    return root


def _finish(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
