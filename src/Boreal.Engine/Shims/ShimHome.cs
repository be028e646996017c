using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;
using Boreal.Linux.Cgroups;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>A shim's state directory as the engine sees it: how to reach the shim, and how to clean up after one that died.</summary>
internal sealed class ShimHome(ContainerId id, string stateDirectory, LaunchMessage launch, TimeProvider time)
{
    /// <summary>The exit code of a container that had to be killed because its shim was gone.</summary>
    private const int Killed = 137;

    // A killed init of a pid namespace stays until whoever inherited its processes reaps them.
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    /// <summary>The shim as our child, to be reaped; null after a restart of the engine.</summary>
    private PidFd? _process;

    internal ContainerId Id => id;

    internal LaunchMessage Launch => launch;

    internal TimeProvider Time => time;

    internal static LaunchMessage? TryReadLaunch(string stateDirectory)
    {
        try
        {
            return LaunchMessage.Parse(File.ReadAllBytes(Path.Combine(stateDirectory, ShimFiles.Launch)));
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            // Never written whole, or removed by a shim that left in order.
            return null;
        }
    }

    internal void Adopt(PidFd process)
    {
        _process = process;
        File.WriteAllText(PathOf(ShimFiles.Shim), $"{process.ProcessId} {ProcessStartTime.Of(process.ProcessId) ?? 0}\n");
    }

    internal async Task<(Socket Socket, ShimFrame Answer)> OpenAsync(WireWriter greeting, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await ShimEndpoint.ConnectAsync(stateDirectory, greeting, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new EngineException(ErrorKind.Conflict, $"container {id} is not running", exception);
        }

        try
        {
            var answer = await ShimFrame.ReceiveAsync(socket, cancellationToken);
            return answer is not null ? (socket, answer) : throw new EngineException(ErrorKind.Conflict, $"container {id} is not running");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The shim died before its container: ends the container too, and removes what both left. The record is the shim's if it wrote one.</summary>
    internal async Task<ExitRecord> BuryAsync()
    {
        await Task.Run(KillAll);
        await RemoveCgroupAsync();
        await RemoveAsync();
        return ExitRecord.TryRead(launch.ExitRecordPath) ?? new ExitRecord(Killed, time.GetUtcNow(), false);
    }

    /// <summary>The group a runtime killed half-way has made, but not yet noted.</summary>
    internal async Task RemoveCgroupAsync()
    {
        if (launch.CgroupPath.Length == 0) return;
        try
        {
            await new ContainerCgroup(CgroupLayout.Detect(), launch.CgroupPath, time).RemoveAsync(CancellationToken.None);
        }
        catch (EngineException)
        {
            // Something in it cannot even be killed just now. The container's end must not be kept back for it.
        }
    }

    /// <summary>Reaps the shim and removes its files.</summary>
    internal async Task RemoveAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            using (process)
                await Task.Run(() =>
                {
                    if (process.WaitForExit(KillPatience)) process.TryReap();
                });
        }

        foreach (var name in (string[])[ShimFiles.Socket, ShimFiles.Console, ShimFiles.Launch, ShimFiles.Init, ShimFiles.Shim, ShimFiles.RuntimePid])
            if (Directory.Exists(stateDirectory)) File.Delete(PathOf(name));
    }

    private void KillAll()
    {
        KillRuntimeCalls();
        using var init = OpenRecorded(ShimFiles.Init);
        init?.TrySignal(Signals.Kill);
        var delete = new List<string> { launch.RuntimePath, "--root", launch.RuntimeRoot };
        delete.AddRange(launch.RuntimeArguments);
        delete.AddRange(["delete", "--force", launch.ContainerId]);
        Children.Wait(Spawn.Start(new SpawnRequest { Path = launch.RuntimePath, Arguments = delete }));
        init?.WaitForExit(KillPatience);
    }

    /// <summary>Runtime calls the dead shim had under way: in its session, or in one of their own that only their arguments tell. They may start more while we look.</summary>
    private void KillRuntimeCalls()
    {
        var shim = ReadRecorded(ShimFiles.Shim);
        while (TryKillRuntimeCalls(shim))
        {
        }
    }

    /// <summary>False when none is alive (any more).</summary>
    private bool TryKillRuntimeCalls((int ProcessId, long StartTime)? shim)
    {
        var killed = false;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out var processId)) continue;
            using var process = PidFd.TryOpen(processId);
            // Older than the shim: of a process that had its number before.
            var inSession = shim is { } known && ProcessStartTime.SessionOf(processId) == known.ProcessId && ProcessStartTime.Of(processId) >= known.StartTime;
            if (process is null || !(inSession || IsRuntimeCall(processId)) || process.WaitForExit(TimeSpan.Zero)) continue;
            process.TrySignal(Signals.Kill);
            // What it still does before it dies would come after our cleaning.
            killed |= process.WaitForExit(KillPatience);
        }

        return killed;
    }

    private bool IsRuntimeCall(int processId)
    {
        if (Paths.TryReadSmall($"/proc/{processId}/cmdline") is not { Length: > 0 } line) return false;
        var arguments = Encoding.UTF8.GetString(line).Split('\0');
        return arguments[0] == launch.RuntimePath && arguments.Contains(launch.RuntimeRoot) && arguments.Contains(launch.ContainerId);
    }

    private PidFd? OpenRecorded(string name)
    {
        if (ReadRecorded(name) is not { } recorded || PidFd.TryOpen(recorded.ProcessId) is not { } process) return null;
        if (ProcessStartTime.Of(recorded.ProcessId) == recorded.StartTime) return process;
        process.Dispose();
        return null;
    }

    private (int ProcessId, long StartTime)? ReadRecorded(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        var fields = File.ReadAllText(path).Trim().Split(' ');
        return fields.Length == 2 && int.TryParse(fields[0], CultureInfo.InvariantCulture, out var processId)
            && long.TryParse(fields[1], CultureInfo.InvariantCulture, out var start) ? (processId, start) : null;
    }

    private string PathOf(string name) => Path.Combine(stateDirectory, name);
}
