"""docker-py's builds against the engine at DOCKER_HOST: its options, what it reads out of the answers, and failures. Any failure is an exception."""
import io
import os
import tarfile
import tempfile

import docker

client = docker.from_env()
made = []


def archive(**files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    data.seek(0)
    return data


def build(**options):
    image, log = client.images.build(**options)
    made.append(image.id)
    return image, "".join(line.get("stream", "") for line in log)


def run(image, *command):
    return client.containers.run(image.id, list(command), remove=True)


def fails(**options):
    try:
        client.images.build(**options)
    except docker.errors.BuildError as error:
        return error.msg
    except docker.errors.APIError as error:
        return error.explanation
    raise AssertionError("the build should have failed")


try:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {
            "Dockerfile": "FROM busybox\nARG V=none\nENV W=$V\nCOPY . /all/\nRUN echo $V > /v && echo said $V\nLABEL own=1\n",
            "kept": "kept", "dropped": "dropped", ".dockerignore": "dropped\n",
        }.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        image, log = build(path=folder, tag="py-built:1", buildargs={"V": "given"}, labels={"from": "py"}, rm=True, nocache=True)
        assert image.tags == ["py-built:1"], image.tags
        assert image.labels == {"own": "1", "from": "py"}, image.labels
        assert "Step 1/" in log and "Using cache" not in log and "said given\n" in log and "Successfully built " in log and "Successfully tagged py-built:1\n" in log, log
        assert sorted(run(image, "ls", "/all").split()) == [b"Dockerfile", b"kept"], run(image, "ls", "-A", "/all")
        assert run(image, "cat", "/v") == b"given\n"

        again, log = build(path=folder, tag="py-built:2", buildargs={"V": "given"}, labels={"from": "py"}, rm=True)
        assert again.id == image.id and "Using cache" in log, log

    image, _ = build(fileobj=io.BytesIO(b"FROM busybox\nRUN echo alone > /x\n"))
    assert run(image, "cat", "/x") == b"alone\n"

    files = archive(**{"other/Dockerfile": "FROM busybox AS one\nCOPY a /a\nFROM one AS two\nRUN exit 9\n", "a": "a"})
    image, _ = build(fileobj=files, custom_context=True, dockerfile="other/Dockerfile", target="one")
    assert run(image, "cat", "/a") == b"a"

    image, _ = build(
        fileobj=io.BytesIO(b"FROM busybox\nRUN df -k /dev/shm | awk 'NR == 2 { print $2 }' > /shm; grep known /etc/hosts > /h; ls /sys/class/net > /n\n"),
        shmsize=32 << 20, extra_hosts={"known.host": "10.1.2.3"}, network_mode="none")
    assert run(image, "cat", "/shm", "/h", "/n") == b"32768\n10.1.2.3\tknown.host\nlo\n", run(image, "cat", "/shm", "/h", "/n")

    image, log = build(fileobj=io.BytesIO(b"FROM busybox\nRUN echo hidden\n"), quiet=True)
    assert "hidden" not in log and "Step" not in log, log

    assert fails(fileobj=io.BytesIO(b"FROM busybox\nRUN echo about to fail; exit 5\n")) == "The command '/bin/sh -c echo about to fail; exit 5' returned a non-zero code: 5"
    assert "missing: file does not exist" in fails(fileobj=archive(Dockerfile="FROM busybox\nCOPY missing /x\n"), custom_context=True)
    assert "unknown instruction: RUNN" in fails(fileobj=io.BytesIO(b"FROM busybox\nRUNN x\n"))
    assert "Cannot locate specified Dockerfile: Dockerfile" in fails(fileobj=archive(a="a"), custom_context=True)
    assert "invalid reference format" in fails(fileobj=io.BytesIO(b"FROM busybox\n"), tag="Not/A:Tag:!")

    messages = list(client.api.build(fileobj=io.BytesIO(b"FROM busybox\nRUN true\n"), decode=True))
    ids = [message["aux"]["ID"] for message in messages if "aux" in message]
    assert len(ids) == 1 and ids[0].startswith("sha256:"), messages
    made += ids
finally:
    for image in set(made):
        try:
            client.images.remove(image, force=True)
        except docker.errors.ImageNotFound:
            pass
print("all well")
