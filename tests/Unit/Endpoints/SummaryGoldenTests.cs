using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Engine.Containers;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>A container in our list looks as it does in Docker's.</summary>
public sealed class SummaryGoldenTests
{
    /// <summary>Differences that are right, by path, with the reason.</summary>
    private static readonly Dictionary<string, string> Right = new()
    {
        ["Mounts"] = "Docker lists them in the random order of a map; inspect's test compares them",
        ["NetworkSettings.Networks.*.GwPriority"] = "newer than the recorded API",
        ["HostConfig.Annotations"] = "newer than the recorded API",
    };

    public static TheoryData<string> Names => [.. GoldenRequest.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Summary_OfRecordedRequest_IsDockers(string name)
    {
        var golden = GoldenRequest.Read(name);
        var spec = golden.ToSpec();
        var ours = SummaryView.Describe(new Container(spec, new ContainerStatus()), spec.ImageName, spec.Created);
        Assert.Empty(JsonComparison.Differences(golden.Summary, JsonSerializer.SerializeToNode(ours, ContainersJsonContext.Default.ContainerSummary), Right.Keys));
    }
}
