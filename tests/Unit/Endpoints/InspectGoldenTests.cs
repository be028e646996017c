using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.Execs;
using Boreal.Engine.Layers;
using Boreal.Engine.Networks;
using Boreal.Engine.State;
using Boreal.Linux.Cgroups;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>A container created by us and inspected says what Docker's says, field by field.</summary>
public sealed class InspectGoldenTests
{
    /// <summary>Differences that are right, by path, with the reason.</summary>
    private static readonly Dictionary<string, string> Right = new()
    {
        ["Name"] = "recorded under a name of its own",
        ["HostConfig.MaskedPaths"] = "the list of Docker 28, which hides more than the recorded Docker 26 does",
        ["HostConfig.PortBindings"] = "an empty object where the client sent nothing: inspect does not tell null from empty here",
        ["Mounts"] = "compared as a set in a test of its own: Docker lists them in the random order of a map",
        ["GraphDriver"] = "the engine's own folders",
    };

    public static TheoryData<string> Names => [.. GoldenRequest.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Inspect_OfRecordedRequest_IsDockers(string name)
    {
        var golden = GoldenRequest.Read(name);
        var ours = Inspect(golden);
        Assert.Empty(JsonComparison.Differences(golden.Inspect, ours, Right.Keys));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mounts_OfRecordedRequest_AreDockers(string name)
    {
        var golden = GoldenRequest.Read(name);
        Assert.Equal(Lines(golden.Inspect["Mounts"]), Lines(Inspect(golden)["Mounts"]));
    }

    private static IEnumerable<string> Lines(JsonNode? mounts) =>
        mounts?.AsArray().Select(mount => WithoutVolume(mount?.AsObject() ?? []).ToJsonString()).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();

    // Which volume it is and where it lies is known when the container is made, which this test does not do.
    private static JsonObject WithoutVolume(JsonObject mount)
    {
        if (mount["Type"]?.GetValue<string>() is "volume")
        {
            mount["Source"] = "";
            mount.Remove("Name");
            mount.Remove("Driver");
        }

        return mount;
    }

    private static JsonObject Inspect(GoldenRequest golden)
    {
        using var folder = new TemporaryDirectory();
        using var database = Database.Open(folder.File("golden.db"));
        var log = new EventLog(TimeProvider.System);
        var events = new ContainerEvents(log, new NetworkEvents(log));
        var view = new ContainerView(new NodePaths("/data", "/run"), new ExecRegistry(events, new CgroupMoves(CgroupLayout.Parse("")), TimeProvider.System), new NetworkView(new NetworkRegistry(database)), _ => new LayerFolders("", "", "", ""));
        var answer = view.Describe(new Container(golden.ToSpec(), new ContainerStatus()), new ApiVersion(1, 45));
        return JsonSerializer.SerializeToNode(answer, ContainersJsonContext.Default.ContainerInspect)?.AsObject() ?? throw new FormatException("nothing");
    }
}
