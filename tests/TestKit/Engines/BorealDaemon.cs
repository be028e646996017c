using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.TestKit.Engines;

/// <summary>A published boreald on roots of its own, which a test may kill and start again.</summary>
public sealed class BorealDaemon : IAsyncDisposable
{
    // A hundred thousand files on a disk that others use too.
    private static readonly TimeSpan Removal = TimeSpan.FromMinutes(5);

    private readonly IReadOnlyList<string> _moreArguments;
    private readonly string _config;
    private RunningCommand? _process;

    public BorealDaemon(params string[] moreArguments)
    {
        _moreArguments = moreArguments;
        _config = Directory.CreateDirectory(Path.Combine(Roots.Directory, "config")).FullName;
        Docker = new DockerCli("unix://" + Roots.Socket, _config);
    }

    public EngineRoots Roots { get; } = new();

    public DockerCli Docker { get; }

    public int Pid => _process?.Pid ?? throw new InvalidOperationException("boreald was not started");

    /// <summary>What boreald has written to its standard error since it was last started.</summary>
    public string Log => _process is null ? "" : _process.Stdout + _process.Stderr;

    public async Task StartAsync()
    {
        _process = Command.Of(Repository.Binary("boreald"), [.. Roots.Arguments, .. _moreArguments]).Start();
        try
        {
            await Eventually.HoldsAsync(AnswersAsync, "boreald answers");
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"boreald did not come up: {e.Message}\n{Log}");
        }
    }

    /// <summary>SIGKILL: nothing of it gets a chance to tidy up. Its shims live on.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        await ProcessList.SignalAsync(process.Pid, "KILL");
        await process.FinishAsync(Eventually.Patience);
        _process = null;
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (_process is not { } process) return 0;
        await ProcessList.SignalAsync(process.Pid, "TERM");
        var result = await process.FinishAsync(Eventually.Patience);
        _process = null;
        return result.ExitCode;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            var left = await Docker.RunAsync("ps", "-aq");
            var ids = left.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (ids.Length > 0) await Docker.RemoveAsync(ids);
            await StopAsync();
        }
        // As Docker, the engine leaves its default bridge and its control groups behind.
        await Command.Of("ip", "link", "delete", Roots.Name).RunAsync();
        await Command.Shell($"rmdir /sys/fs/cgroup{Roots.CgroupParent} /sys/fs/cgroup/*{Roots.CgroupParent}").RunAsync();
        await Mounts.DetachAsync(Roots.Directory);
        // Layers hold names that are not UTF-8, which the runtime's own deletion cannot say back to the kernel.
        await Command.Of("rm", "-rf", "--one-file-system", Roots.Directory).Within(Removal).RunAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process is { HasExited: true }) throw new InvalidOperationException("boreald ended");
        return File.Exists(Roots.Socket) && (await Docker.RunAsync("version", "--format", "{{.Server.Version}}")).ExitCode == 0;
    }
}
