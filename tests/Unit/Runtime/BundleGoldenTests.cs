using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Runtime;

public sealed class BundleGoldenTests
{
    // Shared and slave propagation need such a mount on the machine: tests/Linux holds these.
    private static readonly string[] NeedMachine = ["bind-rshared", "bind-rslave", "bind-slave"];

    public static TheoryData<string> Names => [.. GoldenBundle.Names.Except(NeedMachine)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bundle_ForTheSameRequest_EqualsDockers(string name)
    {
        using var fixture = new BundleFixture();
        var request = BundleCases.All[name];
        var expected = GoldenBundle.Of(name);
        var written = fixture.Write(request.Spec(fixture.Spec), request.Inputs?.Invoke(fixture.Inputs) ?? fixture.Inputs);
        // Every device of the machine: not recorded.
        if (name.StartsWith("privileged", StringComparison.Ordinal)) written["linux"]!.AsObject().Remove("devices");
        if (name is "network-container") ExpectOwnNetworkFiles(expected);

        Assert.Equal(Text(expected), Text(written));
    }

    /// <summary>The joined container's files are passed as ContainerDirectory.</summary>
    private static void ExpectOwnNetworkFiles(JsonObject expected)
    {
        foreach (var mount in expected["mounts"]!.AsArray())
            mount!["source"] = ((string)mount["source"]!).Replace("/target/", "/container/");
    }

    private static string Text(JsonObject bundle)
    {
        var normal = BundleNormal.Of(bundle).ToJsonString(new() { WriteIndented = true });
        return Sorted(JsonNode.Parse(normal.Replace("/proc/4242/", "/proc/<PID>/").Replace("<PID>", "PID").Replace("\\u003CPID\\u003E", "PID"))!).ToJsonString(new() { WriteIndented = true });
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Sorted(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
