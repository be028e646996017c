using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>A container, with listeners in it once <see cref="Listen"/> is called.</summary>
internal sealed class BalancedServer(ContainerId id, NetworkStatus status)
{
    private IReadOnlyList<Socket> _listeners = [];

    public ContainerId Id => id;

    public NetworkStatus Status => status;

    public List<Socket> Accepted { get; } = [];

    public void Listen(NetworkLab lab) => _listeners = [lab.ListenTcp(status.SandboxKey, 80), lab.ListenTcp6(status.SandboxKey, 80)];

    /// <summary>Accepts what waits; says how many there were.</summary>
    public async Task<int> TakeAllAsync()
    {
        var count = 0;
        foreach (var listener in _listeners)
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
