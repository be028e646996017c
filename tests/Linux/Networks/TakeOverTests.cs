using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Namespaces;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks;

public sealed class TakeOverTests
{
    [Fact]
    public async Task Start_WithLiving_KeepsTheirConnectionsAndPorts()
    {
        await using var lab = await NetworkLab.StartAsync();
        var status = await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
        var listener = lab.ListenTcp(status.SandboxKey, 80);
        var client = await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
        using var server = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        await lab.Sandboxes.DisposeAsync();
        await lab.RestartAsync(status);

        var echoing = Talk.EchoAsync(server, TestContext.Current.CancellationToken);
        Assert.Equal("still here", await Talk.AskAsync(client, "still here"));
        await echoing;
        await lab.ConnectAsync(lab.Host, IPAddress.IPv6Loopback, 8080);
        Assert.Equal("172.31.0.3", (await lab.AttachAsync()).Bridge?.Address);
    }

    [Fact]
    public async Task Start_WithLeftovers_TakesAwayWhatNobodyOwns()
    {
        await using var lab = await NetworkLab.StartAsync();
        var living = await lab.AttachAsync();
        var dead = await lab.AttachAsync();
        await lab.Sandboxes.DisposeAsync();
        var stray = Path.Combine(lab.Options.NamespaceDirectory, "0123456789ab");
        NetworkNamespaceFile.Create(stray, _ => true);

        await lab.RestartAsync(living);

        await Eventually.HoldsAsync(() => !File.Exists(dead.SandboxKey), "the dead container's namespace is gone");
        await Eventually.HoldsAsync(() => !File.Exists(stray), "the prepared namespace is gone");
        await Eventually.HoldsAsync(() => NetworkLab.Links(lab.Host).Count(link => link.Name.StartsWith("veth", StringComparison.Ordinal)) == lab.Options.WarmSandboxes + 1, "the links of the dead are gone");
        Assert.Contains(NetworkLab.Links(living.SandboxKey), link => link.Name == "eth0");
    }
}
