using System.Collections.Concurrent;
using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Errors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// Tells when the processes of a container listen on its ports, by the kernel's table of sockets: the kernel tells nobody of
/// a socket that begins to listen, and a connection to try it would be seen by the program.
/// </summary>
internal sealed class ListenerWatch(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Of several ports some may never be used: one that is for so long will do.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _watched = new(StringComparer.Ordinal);

    /// <summary>Calls once all ports are listened on, or some have been for a while, unless the watch is ended before.</summary>
    public void Start(string sandboxId, string path, IReadOnlyCollection<PortSpec> ports, Action listening)
    {
        var ending = new CancellationTokenSource();
        if (_watched.TryAdd(sandboxId, ending)) _ = WatchAsync((sandboxId, path), ports, listening, ending.Token);
    }

    public void End(string sandboxId)
    {
        if (_watched.TryRemove(sandboxId, out var ending)) ending.Cancel();
    }

    public void Dispose()
    {
        foreach (var sandboxId in _watched.Keys) End(sandboxId);
    }

    private async Task WatchAsync((string Id, string Path) sandbox, IReadOnlyCollection<PortSpec> ports, Action listening, CancellationToken ending)
    {
        try
        {
            long? some = null;
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                await Task.Delay(pause, time, ending);
                var count = NamespaceThread.Run(sandbox.Path, NamespaceKinds.Network, () => CountListenedOn(ports));
                if (count > 0) some ??= time.GetTimestamp();
                if (count == ports.Count || (some is { } since && time.GetElapsedTime(since) > Enough)) break;
            }

            End(sandbox.Id);
            listening();
        }
        catch (Exception exception) when (exception is OperationCanceledException or LinuxException or IOException)
        {
            // The container is gone, and with it the question.
            End(sandbox.Id);
        }
    }

    /// <summary>Whether all ports are listened on at this moment.</summary>
    public static bool Listens(string path, IReadOnlyCollection<PortSpec> ports)
    {
        try
        {
            return NamespaceThread.Run(path, NamespaceKinds.Network, () => CountListenedOn(ports)) == ports.Count;
        }
        catch (Exception exception) when (exception is LinuxException or IOException)
        {
            return false; // The container goes at this moment.
        }
    }

    private static int CountListenedOn(IReadOnlyCollection<PortSpec> ports)
    {
        using var diagnostics = NetlinkSocket.Open(NetlinkFamily.Sockets);
        return ports.GroupBy(port => port.Protocol).Sum(some =>
        {
            var held = SocketTable.Holders(diagnostics, isTcp: some.Key == "tcp").Select(holder => holder.Port).ToHashSet();
            return some.Count(port => held.Contains(port.Port));
        });
    }
}
