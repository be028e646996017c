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
    public async Task Start_WithLivingOnAnOwnNetwork_GivesNoAddressTwiceAndKeepsConnections()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("n", "10.201.0.0/24");
        var living = await lab.AttachAsync(NetworkLab.On("n"));
        var other = await lab.AttachAsync(NetworkLab.On("n"));
        var listener = lab.ListenTcp(living.SandboxKey, 80);
        var client = await lab.ConnectAsync(other.SandboxKey, IPAddress.Parse("10.201.0.2"), 80);
        using var server = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        await lab.Sandboxes.DisposeAsync();
        await lab.RestartAsync(living, other);

        var echoing = Talk.EchoAsync(server, TestContext.Current.CancellationToken);
        Assert.Equal("still here", await Talk.AskAsync(client, "still here"));
        await echoing;
        Assert.Equal(2, lab.Networks.Find("n").Members.Count);
        Assert.Equal("10.201.0.4", (await lab.AttachAsync(NetworkLab.On("n"))).Endpoints[0].Address);
    }

    [Fact]
    public async Task Start_WithAConnectionNobodyRecorded_TakesItAway()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");
        await lab.CreateAsync("b", "10.201.0.0/24");
        var recorded = await lab.AttachAsync(NetworkLab.On("a"));
        await lab.ConnectAsync(recorded, "b");
        await lab.Sandboxes.DisposeAsync();

        await lab.RestartAsync(recorded);

        await Eventually.HoldsAsync(() => NetworkLab.Links(recorded.SandboxKey).All(link => link.Name != "eth1"), "the link is gone");
        Assert.Empty(lab.Networks.Find("b").Members);
        Assert.Equal("10.201.0.2", (await lab.AttachAsync(NetworkLab.On("b"))).Endpoints[0].Address);
    }

    [Fact]
    public async Task Start_WithAMacvlanLinkNobodyRecorded_TakesItAway()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync(NetworkLab.Describe("wire", "10.201.0.0/24") with { Driver = "macvlan", Options = new Dictionary<string, string> { ["parent"] = "cable" } });
        await lab.CreateAsync("a");
        var recorded = await lab.AttachAsync(NetworkLab.On("a"));
        await lab.ConnectAsync(recorded, "wire");
        await lab.Sandboxes.DisposeAsync();

        await lab.RestartAsync(recorded);

        Assert.Equal(["eth0", "lo"], NetworkLab.Links(recorded.SandboxKey).Select(link => link.Name).Order());
    }

    [Fact]
    public async Task Start_AfterTheMachineCameUp_MakesTheNetworksAgain()
    {
        await using var lab = await NetworkLab.StartAsync();
        var network = await lab.CreateAsync("n", "10.201.0.0/24");
        await lab.Sandboxes.DisposeAsync();
        Assert.DoesNotContain(NetworkLab.Links(lab.Host), link => link.Name == $"br-{network.Id[..12]}");

        await lab.RestartAsync();

        Assert.Equal(network.Id, lab.Networks.Find("n").Id);
        Assert.Equal("10.201.0.2", (await lab.AttachAsync(NetworkLab.On("n"))).Endpoints[0].Address);
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
