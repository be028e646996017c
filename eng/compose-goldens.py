#!/usr/bin/env python3
"""Records what stock compose prints: compose-goldens.py FILE.cases...

Needs docker with its compose plugin. A file of cases is described in tests/Unit/Compose/ProjectCase.cs.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

HOME = "/home/me"
UNORDERED = ("--services", "--volumes", "--images")


def parse(path):
    cases, section = [], None
    with open(path, encoding="utf-8") as file:
        text = file.read().rstrip("\n")
    for line in text.split("\n"):
        if name := re.fullmatch(r"== (.+) ==", line):
            cases.append({"name": name[1], "files": [], "commands": []})
            section = None
        elif heading := re.fullmatch(r"-- (\$ )?(.+) --", line):
            section = [heading[2], []]
            cases[-1]["commands" if heading[1] else "files"].append(section)
        elif section is not None:
            section[1].append(line)
    return cases


def run(case, words, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, lines in case["files"]:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))
    environment = {"PATH": os.environ["PATH"], "HOME": HOME, "DOCKER_CONFIG": os.environ.get("DOCKER_CONFIG", os.path.expanduser("~/.docker"))}
    arguments = []
    for word in words.split(" "):
        if variable := re.match(r"([A-Z_]+)=(.*)", word):
            environment[variable[1]] = variable[2]
        else:
            arguments.append(word)
    result = subprocess.run(["docker", "compose", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"{case['name']}: {words}: {result.stderr}")
    lines = result.stdout.replace(folder, "/project").replace(os.path.dirname(folder), "/parent").splitlines()
    return sorted(lines) if any(option in words for option in UNORDERED) else lines


def main():
    scratch = tempfile.mkdtemp()
    for path in sys.argv[1:]:
        cases = parse(path)
        for case in cases:
            for command in case["commands"]:
                command[1] = run(case, command[0], f"{scratch}/one/project")
                if "--hash" in command[0]:
                    # A hash that changes with the folder is of no use elsewhere.
                    other = run(case, command[0], f"{scratch}/another/project")
                    command[1] = [line for line in command[1] if line in other]
        with open(path, "w", encoding="utf-8") as file:
            for case in cases:
                file.write(f"== {case['name']} ==\n")
                for mark, sections in (("", case["files"]), ("$ ", case["commands"])):
                    for name, lines in sections:
                        file.write(f"-- {mark}{name} --\n" + "".join(line + "\n" for line in lines))
    shutil.rmtree(scratch)


main()
