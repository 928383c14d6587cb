"""The broker's jars: fetched once through Maven, kept beside the data."""

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.local.errors import StartError

_POM = Path(__file__).with_name("pom.xml")
_JAVA = 17


def missing_tools() -> str | None:
    """The sentence that says what Kafka lacks on this machine; None when it can run."""
    java = shutil.which("java")
    if java is None:
        return f"Kafka needs Java {_JAVA} or newer, and there is no `java` on the PATH."
    said = subprocess.run([java, "-version"], check=False, capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < _JAVA:
        return f"Kafka needs Java {_JAVA} or newer, and `java -version` says: {said.strip()}"
    if shutil.which("mvn") is None:
        return "Kafka's jars come through Maven, and there is no `mvn` on the PATH."
    return None


def fetch_jars(cache: Path) -> Path:
    """The folder with the jars of the version in pom.xml; fetched when it is not there."""
    problem = missing_tools()
    if problem:
        raise StartError(problem)
    digest = hashlib.sha256(_POM.read_bytes()).hexdigest()[:12]
    jars = cache / f"jars-{digest}"
    if not jars.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, and harmless when two processes fetch at once.
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            fresh = Path(folder) / "jars"
            _run_maven(fresh)
            if not jars.exists():
                fresh.rename(jars)
    return jars


def _run_maven(target: Path) -> None:
    command = [
        shutil.which("mvn") or "mvn",
        "--quiet",
        "--batch-mode",
        "-Dstyle.color=never",
        "--file",
        str(_POM),
    ]
    command += ["dependency:copy-dependencies", f"-DoutputDirectory={target}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        words = [line for line in done.stdout.splitlines() if "ERROR" in line]
        raise StartError(f"Maven could not fetch Kafka: {(words or ['it gave no reason.'])[0]}")
