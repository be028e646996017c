using System.Formats.Tar;
using System.Globalization;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime;
using Boreal.Linux.Cgroups;
using Boreal.Linux.Processes;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.Linux.Runtime;

/// <summary>A container of busybox started by crun from a bundle this room wrote, without shim or daemon.</summary>
internal sealed class RunningBundle : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _crun = Requirements.Program("crun", "crun");
    private readonly RuntimeOptions _options = new() { CgroupParent = "/boreal-test" };

    private RunningBundle(Func<ContainerSpec, ContainerSpec> change, string[] command)
    {
        var id = ContainerId.Create();
        Spec = change(new ContainerSpec
        {
            Id = id,
            Name = "t",
            Created = DateTimeOffset.UnixEpoch,
            ImageId = "sha256:" + id.Value,
            ImageName = "busybox",
            Process = new ProcessSpec { Command = command, Environment = [], Hostname = id.Short },
            Resources = new ResourceSpec(),
            Security = new SecuritySpec(),
            Namespaces = new NamespaceSpec { Cgroup = "host" },
            Network = new NetworkSpec { Mode = "none" },
            Storage = new StorageSpec(),
            Log = new LogSpec("none", new Dictionary<string, string>()),
            Restart = new RestartSpec("no", 0),
            Runtime = "crun",
        });
        Group = Cgroups.Of(id, Spec.Resources);
    }

    public ContainerSpec Spec { get; }

    public ContainerCgroup Group { get; }

    public int Pid { get; private set; }

    /// <summary>The runtime loads the filter we compiled, instead of compiling it.</summary>
    public bool TakesSeccompPrograms { get; init; }

    /// <summary>The filter as the runtime loaded it.</summary>
    public byte[] LoadedFilter => File.ReadAllBytes(_directory.File($"crun/{Spec.Id}/seccomp.bpf"));

    public static CgroupLayout Layout { get; } = CgroupLayout.Detect();

    private Cgroups Cgroups => new(Layout, _options, TimeProvider.System);

    private string Rootfs => _directory.File("rootfs");

    /// <summary>Starts; the container runs when this returns.</summary>
    public static Task<RunningBundle> StartAsync(Func<ContainerSpec, ContainerSpec> change, params string[] command) =>
        StartAsync(new RunningBundle(change, command));

    /// <summary>As above, with our own compiled filter.</summary>
    public static Task<RunningBundle> StartWithProgramAsync(params string[] command) =>
        StartAsync(new RunningBundle(spec => spec, command) { TakesSeccompPrograms = true });

    private static async Task<RunningBundle> StartAsync(RunningBundle bundle)
    {
        Requirements.Root();
        try
        {
            await bundle.StartAsync();
            return bundle;
        }
        catch
        {
            await bundle.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a further process and gives what it prints.</summary>
    public async Task<CommandResult> ExecAsync(ExecProcess process)
    {
        var file = _directory.File("exec.json");
        new ExecProcessWriter(_options, RuntimeHost.Detect()).Write(Spec, process, Rootfs, file);
        return await Command.Of(_crun, "--root", _directory.File("crun"), "exec", "--process", file, Spec.Id.Value).RunAsync();
    }

    public Task<CommandResult> ExecAsync(params string[] command) => ExecAsync(new ExecProcess { Command = command });

    /// <summary>A line of the init's /proc status.</summary>
    public string Status(string name) =>
        File.ReadLines($"/proc/{Pid}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    public async ValueTask DisposeAsync()
    {
        if (Pid > 0) Signals.TrySend(Pid, Signals.Kill);
        await Command.Of(_crun, "--root", _directory.File("crun"), "delete", "--force", Spec.Id.Value).RunAsync();
        await Group.RemoveAsync(CancellationToken.None);
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        var image = new MemoryStream();
        await BusyboxImage.WriteAsync(image);
        image.Position = 0;
        Directory.CreateDirectory(Rootfs);
        await TarFile.ExtractToDirectoryAsync(image, Rootfs, overwriteFiles: true);
        foreach (var name in (string[])["bundle", "container"]) Directory.CreateDirectory(_directory.File(name));
        foreach (var name in (string[])["hosts", "hostname", "resolv.conf"]) await File.WriteAllTextAsync(_directory.File("container/" + name), name);
        new BundleWriter(_options, Cgroups, RuntimeHost.Detect()).Write(Spec, new BundleInputs
        {
            BundleDirectory = _directory.File("bundle"),
            ContainerDirectory = _directory.File("container"),
            RootfsPath = Rootfs,
            TakesSeccompPrograms = TakesSeccompPrograms,
        });
        await CrunAsync();
        Pid = int.Parse(await File.ReadAllTextAsync(_directory.File("pid")), CultureInfo.InvariantCulture);
    }

    /// <summary>crun refuses a hybrid tree whose unified side has controllers: it does not get to see that side.</summary>
    private async Task CrunAsync()
    {
        var hide = Layout is { Version: CgroupVersion.Hybrid, Unified: { } unified } ? $"mount --make-rprivate /sys/fs/cgroup && umount {unified} && " : "";
        var run = $"{hide}exec {_crun} --root {_directory.File("crun")} run --detach --bundle {_directory.File("bundle")} --pid-file {_directory.File("pid")} {Spec.Id}";
        var result = await Command.Of("unshare", "-m", "--propagation", "unchanged", "sh", "-c", $"({run}) >{_directory.File("log")} 2>&1 </dev/null").RunAsync();
        if (result.ExitCode != 0) throw new InvalidOperationException($"crun: {await File.ReadAllTextAsync(_directory.File("log"))}");
    }
}
