"""docker-py against the engine at DOCKER_HOST: start, exec, log, copy, remove. Any failure is an exception."""
import io
import tarfile

import docker

client = docker.from_env()
assert client.ping()

assert client.containers.run("busybox", ["echo", "hello"], remove=True) == b"hello\n"
try:
    client.containers.run("busybox", ["sh", "-c", "echo gone wrong >&2; exit 3"], remove=True)
    raise AssertionError("an exit code of 3 is an error")
except docker.errors.ContainerError as error:
    assert error.exit_status == 3 and b"gone wrong" in error.stderr, error

container = client.containers.run(
    "busybox", ["sh", "-c", "echo started; sleep 1000"], name="py-client", detach=True,
    labels={"by": "docker-py"}, environment={"A": "b"}, mem_limit="64m")
try:
    container.reload()
    assert container.status == "running" and container.labels == {"by": "docker-py"}
    assert [c.name for c in client.containers.list(filters={"label": "by=docker-py"})] == ["py-client"]

    code, output = container.exec_run(["sh", "-c", "echo $A; exit 4"])
    assert (code, output) == (4, b"b\n"), (code, output)
    code, (out, err) = container.exec_run(["sh", "-c", "echo out; echo err >&2"], demux=True)
    assert (out, err) == (b"out\n", b"err\n"), (out, err)

    for line in container.logs(stream=True, follow=True):
        assert line == b"started\n", line
        break

    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        entry = tarfile.TarInfo("copied")
        entry.size = 7
        tar.addfile(entry, io.BytesIO(b"content"))
    assert container.put_archive("/tmp", data.getvalue())
    stream, stat = container.get_archive("/tmp/copied")
    assert stat["name"] == "copied" and stat["size"] == 7, stat
    with tarfile.open(fileobj=io.BytesIO(b"".join(stream))) as tar:
        assert tar.extractfile("copied").read() == b"content"

    assert container.stats(stream=False)["memory_stats"]["limit"] == 64 * 1024 * 1024
    assert container.top()["Processes"]
    container.stop(timeout=0)
    assert container.wait()["StatusCode"] == 137
finally:
    container.remove(force=True)

try:
    client.containers.get("py-client")
    raise AssertionError("the container is still there")
except docker.errors.NotFound:
    pass
print("all well")
