"""nginx with the configuration of deploy/, as anybody may run it: on free ports, with a certificate and a log of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import requests
from loudly import skip_loudly

from benchmarks.server import free_port, running_process
from clara.settings import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
UNLIMITED = {"session_rate": 10**6, "address_rate": 10**6, "turns": 10**6}


def wait_for(port):
    """Until something listens on the port."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


class Proxy:
    """nginx before servers. Visitors come from whatever address they say they do: tests have but one."""

    def __init__(self, folder, addresses):
        self.folder, self.addresses = folder, addresses
        self.ports = {"80": free_port(), "443": free_port()}
        self.http = f"http://localhost:{self.ports['80']}"
        self.https = f"https://localhost:{self.ports['443']}"
        self.certificate = folder / "fullchain.pem"
        self.main = folder / "nginx.conf"
        subprocess.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
            f" -addext subjectAltName=DNS:localhost -keyout {folder / 'privkey.pem'} -out {self.certificate}".split(),
            check=True,
            capture_output=True,
        )
        self._configure()

    def _configure(self):
        """What deploy/ says, with nothing changed but names, ports, paths, and how long slow clients are waited for."""
        site = (ROOT / "deploy" / "nginx" / "ask-clara.conf").read_text()
        site = re.sub(r"^ +listen \[::\].*\n", "", site, flags=re.MULTILINE)  # not all machines have IPv6
        for found, instead in {
            "listen 80;": f"listen 127.0.0.1:{self.ports['80']};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.ports['443']} ssl;",
            "server_name chat.example.org;": "server_name localhost;",
            "https://chat.example.org$": f"{self.https}$",
            "/etc/ask-clara/tls/": f"{self.folder}/",
            "/var/log/nginx/": f"{self.folder}/",
            "/var/www/html": str(self.folder),
            "client_header_timeout 10s;": "client_header_timeout 1s;",
            "client_body_timeout 10s;": "client_body_timeout 1s;",
        }.items():
            assert found in site, found
            site = site.replace(found, instead)
        upstream = (ROOT / "deploy" / "nginx" / "upstream.conf").read_text()
        (line,) = re.findall(r"^.*server 127\.0\.0\.1:5005;\n", upstream, re.MULTILINE)
        lines = [line.replace("127.0.0.1:5005", address.removeprefix("http://")) for address in self.addresses]
        (self.folder / "site.conf").write_text(site)
        (self.folder / "upstream.conf").write_text(upstream.replace(line, "".join(lines)))
        temporary = "".join(
            f"{kind}_temp_path {self.folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.main.write_text(
            # Where nginx is root's, its workers would be somebody else, to whom pytest's folders are closed.
            f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\npid {self.folder / 'nginx.pid'};\nworker_processes 1;\n"
            f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}"
            "set_real_ip_from 127.0.0.1;\nreal_ip_header X-Test-Address;\n"
            f"include {self.folder / 'upstream.conf'};\ninclude {self.folder / 'site.conf'};\n}}\n"
        )

    def command(self, *arguments):
        return [NGINX, "-c", str(self.main), "-e", str(self.folder / "start.log"), *arguments]

    @contextmanager
    def running(self):
        with running_process(self.command(), self.folder, {}, self.folder / "output.log"):
            wait_for(self.ports["443"])
            yield self

    def visitor(self, address):
        """A browser at this address."""
        browser = requests.Session()
        browser.trust_env = False  # REQUESTS_CA_BUNDLE would go before the certificate
        browser.verify = str(self.certificate)
        browser.headers["X-Test-Address"] = address
        return browser

    def log(self):
        return (self.folder / "access.log").read_text() + (self.folder / "error.log").read_text()


@contextmanager
def proxy_before(addresses, folder: Path):
    if not NGINX or not shutil.which("openssl"):
        skip_loudly("nginx before the server: install nginx and openssl (Debian: apt-get install nginx openssl) and run again.")
    with Proxy(folder, addresses).running() as proxy:
        yield proxy
