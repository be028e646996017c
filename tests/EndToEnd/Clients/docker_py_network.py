"""docker-py against the engine at DOCKER_HOST: three containers on a network of their own find each other by name."""
import itertools

import docker

client = docker.from_env()
names = ["py-net-a", "py-net-b", "py-net-c"]
network = client.networks.create("py-net", driver="bridge", labels={"by": "docker-py"}, check_duplicate=True)
containers = []
try:
    for name in names:
        containers.append(client.containers.run("busybox", ["sleep", "1000"], name=name, network="py-net", detach=True))
    for container, name in itertools.product(containers, names):
        code, output = container.exec_run(["ping", "-c", "1", "-w", "5", name])
        assert code == 0, (container.name, name, output)
    network.reload()
    assert sorted(c.name for c in network.containers) == names, network.attrs
    assert network.attrs["Labels"] == {"by": "docker-py"}
    assert [n.name for n in client.networks.list(filters={"label": "by=docker-py"})] == ["py-net"]

    # Off the network, by name too; back again under another name.
    network.disconnect(containers[2])
    code, output = containers[0].exec_run(["ping", "-c", "1", "-w", "1", "py-net-c"])
    assert code == 1 and b"bad address" in output, output
    network.connect(containers[2], aliases=["again"])
    assert containers[0].exec_run(["ping", "-c", "1", "-w", "5", "again"])[0] == 0
    try:
        network.remove()
        raise AssertionError("a network in use was removed")
    except docker.errors.APIError as error:
        assert error.status_code == 403 and "active endpoints" in error.explanation, error
finally:
    for container in containers:
        container.remove(force=True)
    network.remove()

volume = client.volumes.create("py-volume", labels={"by": "docker-py"})
try:
    mounts = {"py-volume": {"bind": "/data", "mode": "rw"}}
    client.containers.run("busybox", ["sh", "-c", "echo kept > /data/f"], volumes=mounts, remove=True)
    assert client.containers.run("busybox", ["cat", "/data/f"], volumes=mounts, remove=True) == b"kept\n"
finally:
    volume.remove()
print("all well")
