using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>A container with listeners in it.</summary>
internal sealed class BalancedServer(ContainerId id, NetworkStatus status, IReadOnlyList<Socket> listeners)
{
    public ContainerId Id => id;

    public NetworkStatus Status => status;

    public List<Socket> Accepted { get; } = [];

    /// <summary>Accepts what waits; says how many there were.</summary>
    public async Task<int> TakeAllAsync()
    {
        var count = 0;
        foreach (var listener in listeners)
        {
            while (listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                Accepted.Add(await listener.AcceptAsync(TestContext.Current.CancellationToken));
                count++;
            }
        }

        return count;
    }
}
