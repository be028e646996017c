using System.Globalization;
using System.Text.Json;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Logs;
using Boreal.Engine.Shims;
using Boreal.Linux.Processes;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Shims;

/// <summary>One container of busybox with a bundle made by hand, and directories of its own for shim and runtime.</summary>
internal sealed class ShimSandbox : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _busybox;

    internal ShimSandbox(TimeProvider? clock = null)
    {
        Requirements.Root();
        _busybox = Requirements.Program("busybox", "busybox-static");
        foreach (var name in (string[])["rootfs/bin", "rootfs/proc", "rootfs/dev", "rootfs/etc"]) Directory.CreateDirectory(_directory.File(name));
        File.Copy(_busybox, _directory.File("rootfs/bin/busybox"));
        foreach (var applet in (string[])["sh", "cat", "true", "echo", "sleep", "stty", "head", "tr", "wc", "dd", "tty", "printf"])
            File.CreateSymbolicLink(_directory.File("rootfs/bin/" + applet), "busybox");
        Launcher = new ShimLauncher(new ShimOptions(Repository.Binary("boreal-shim")), clock ?? TimeProvider.System, NullLogger<ShimLauncher>.Instance);
    }

    internal ShimLauncher Launcher { get; }

    internal ContainerId Id { get; } = ContainerId.Create();

    internal string StateDirectory => _directory.File("state");

    internal string LogPath => _directory.File("data/c-json.log");

    internal string RuntimePath { get; init; } = Requirements.Program("crun", "crun");

    internal string RuntimeRoot => _directory.File("runtime");

    internal string Rootfs => _directory.File("rootfs");

    private string CgroupPath => $"/boreal-test/{Id}";

    internal ShimLaunch Launch(params string[] command) => new()
    {
        Id = Id,
        StateDirectory = StateDirectory,
        BundleDirectory = WriteBundle(false, null, command),
        ExitRecordPath = _directory.File("data/exit"),
        Runtime = new RuntimeCommand(RuntimePath, RuntimeRoot, []),
        CgroupPath = CgroupPath,
        Tty = false,
        OpenStdin = false,
        StdinOnce = false,
        Log = new LogTarget { Driver = LogOptions.JsonFile, Path = LogPath },
    };

    internal ShimLaunch LaunchTerminal(params string[] command) => Launch() with
    {
        BundleDirectory = WriteBundle(true, null, command),
        Tty = true,
        OpenStdin = true,
        StdinOnce = true,
        ConsoleSize = new ConsoleSize(24, 80),
    };

    internal ShimLaunch LaunchLimited(long memoryBytes, params string[] command) => Launch() with { BundleDirectory = WriteBundle(false, memoryBytes, command) };

    internal string WriteExec(bool tty, params string[] command)
    {
        var path = _directory.File($"exec-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, Process(tty, command));
        return path;
    }

    /// <summary>Ends whatever a test left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await Launcher.ReconnectAsync(Id, StateDirectory, CancellationToken.None) is { } left)
        {
            if (!left.Exited.IsCompleted) await left.SignalAsync(Signals.Kill, CancellationToken.None);
            await left.Exited.WaitAsync(Eventually.Patience);
            await left.ReleaseAsync(CancellationToken.None);
            await left.DisposeAsync();
        }

        Assert.Empty(Leftovers());
        _directory.Dispose();
    }

    /// <summary>What should be gone once a container has been released.</summary>
    internal IEnumerable<string> Leftovers()
    {
        var cgroups = Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Select(tree => tree + CgroupPath).Where(Directory.Exists);
        var runtime = Directory.Exists(RuntimeRoot) ? Directory.EnumerateFileSystemEntries(RuntimeRoot) : [];
        var state = Directory.Exists(StateDirectory) ? Directory.EnumerateFileSystemEntries(StateDirectory) : [];
        return [.. cgroups, .. runtime, .. state];
    }

    private string WriteBundle(bool tty, long? memoryBytes, string[] command)
    {
        var limits = memoryBytes is { } bytes ? $$""", "resources": { "memory": { "limit": {{bytes.ToString(CultureInfo.InvariantCulture)}} } }""" : "";
        var bundle = Directory.CreateDirectory(_directory.File("bundle")).FullName;
        Directory.CreateDirectory(_directory.File("data"));
        File.WriteAllText(Path.Combine(bundle, "config.json"), $$"""
            { "ociVersion": "1.0.2", "root": { "path": "{{Rootfs}}" }, "hostname": "box", "process": {{Process(tty, command)}},
              "mounts": [ { "destination": "/proc", "type": "proc", "source": "proc" }, { "destination": "/dev", "type": "tmpfs", "source": "tmpfs" },
                          { "destination": "/dev/pts", "type": "devpts", "source": "devpts", "options": ["newinstance", "ptmxmode=0666"] } ],
              "linux": { "cgroupsPath": "{{CgroupPath}}", "namespaces": [ { "type": "pid" }, { "type": "mount" }, { "type": "ipc" }, { "type": "uts" }, { "type": "network" } ]{{limits}} } }
            """);
        return bundle;
    }

    private static string Process(bool tty, string[] command)
    {
        var arguments = string.Join(", ", command.Select(argument => $"\"{JsonEncodedText.Encode(argument)}\""));
        return $$"""
            { "terminal": {{(tty ? "true, \"consoleSize\": { \"height\": 24, \"width\": 80 }" : "false")}}, "user": { "uid": 0, "gid": 0 }, "cwd": "/", "env": ["PATH=/bin", "TERM=xterm"], "args": [ {{arguments}} ] }
            """;
    }
}
