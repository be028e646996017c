using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks;
using Boreal.Engine.State;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>A container in our list looks as it does in Docker's.</summary>
public sealed class SummaryGoldenTests
{
    /// <summary>Differences that are right, by path, with the reason.</summary>
    private static readonly Dictionary<string, string> Right = new()
    {
        ["Mounts"] = "Docker lists them in the random order of a map; inspect's test compares them",
        ["HostConfig.Annotations"] = "newer than the recorded API",
    };

    public static TheoryData<string> Names => [.. GoldenRequest.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Summary_OfRecordedRequest_IsDockers(string name)
    {
        var golden = GoldenRequest.Read(name);
        var spec = golden.ToSpec();
        using var folder = new TemporaryDirectory();
        using var database = Database.Open(folder.File("golden.db"));
        var view = new SummaryView(new NetworkView(new NetworkRegistry(database)));
        var ours = view.Describe(new Container(spec, new ContainerStatus()), spec.ImageName, spec.Created, new ApiVersion(1, 45));
        Assert.Empty(JsonComparison.Differences(golden.Summary, JsonSerializer.SerializeToNode(ours, ContainersJsonContext.Default.ContainerSummary), Right.Keys));
    }
}
