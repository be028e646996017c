using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;
using Boreal.Linux.Sockets;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Shims;

/// <summary>Starts shims, and finds those that outlived the engine.</summary>
public sealed partial class ShimLauncher(ShimOptions options, TimeProvider time, ILogger<ShimLauncher> logger)
{
    private static readonly TimeSpan ReconnectPatience = TimeSpan.FromSeconds(30);

    private readonly SealedRuntime _sealed = new();

    /// <summary>
    /// Starts a shim: (1) its description, (2) its listening socket and our control connection, made here so that nobody has to
    /// wait for it, (3) the process. Until the start it ends by itself when the control connection drops.
    /// </summary>
    public Task<Shim> SpawnAsync(ShimLaunch launch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(launch.StateDirectory);
        var runtime = launch.Runtime.IsCrun ? _sealed.TryGet(launch.Runtime.Path) : null;
        var message = ShimMessages.Launch(launch, runtime is not null);
        File.WriteAllBytes(Path.Combine(launch.StateDirectory, ShimFiles.Launch), message.ToBytes().Span);                      // (1)
        File.Delete(launch.ExitRecordPath);
        if (Path.GetDirectoryName(launch.Log.Path) is { Length: > 0 } logDirectory) Directory.CreateDirectory(logDirectory);

        using var listener = ShimEndpoint.Listen(launch.StateDirectory);                                                         // (2)
        var (ours, theirs) = UnixSocket.Pair();
        using (theirs)
        {
            var home = new ShimHome(launch.Id, launch.StateDirectory, message, time);
            home.Adopt(Spawn.StartWithPidFd(new SpawnRequest                                                                     // (3)
            {
                Path = options.ExecutablePath,
                Arguments = ["boreal-shim", launch.StateDirectory],
                Environment = [$"PATH={Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin"}"],
                WorkingDirectory = "/",
                NewSession = true,
                Inherit = [null, null, null, listener, theirs, .. runtime is null ? (FileDescriptor[])[] : [runtime]],
                BlockedSignals = [Signals.Child, Signals.Pipe],
            }));
            return Task.FromResult(new Shim(home, new Socket(UnixSocket.Release(ours))));
        }
    }

    /// <summary>
    /// Finds the shim of a container that an earlier engine started. Null: there is none (any more), and nothing of it or its
    /// container is left; how the container ended is in its exit record, if that was written.
    /// </summary>
    public async Task<Shim?> ReconnectAsync(ContainerId id, string stateDirectory, CancellationToken cancellationToken)
    {
        if (ShimHome.TryReadLaunch(stateDirectory) is not { } launch) return null;
        var home = new ShimHome(id, stateDirectory, launch, time);
        var greeting = new WireWriter();
        greeting.BeginFrame(FrameType.HelloControl);
        greeting.EndFrame();
        Socket socket;
        try
        {
            socket = await ShimEndpoint.ConnectAsync(stateDirectory, greeting, cancellationToken);
        }
        catch (SocketException)
        {
            Log.ShimGone(logger, id.Short);
            await home.BuryAsync();
            return null;
        }

        var shim = new Shim(home, socket);
        try
        {
            var state = await shim.WhenSettledAsync(cancellationToken).WaitAsync(ReconnectPatience, time, cancellationToken);
            if (state is { Phase: not ShimPhase.Created }) return shim;
            // Never started, and about to end by itself.
            await shim.ReleaseAsync(cancellationToken);
        }
        catch
        {
            await shim.DisposeAsync();
            throw;
        }

        await shim.DisposeAsync();
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "Shim of container {Container} is gone; what was left of the container has been removed")]
        internal static partial void ShimGone(ILogger logger, string container);
    }
}
