using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Runtime;

public sealed class SeccompGoldenTests
{
    /// <summary>Calls of kernels 6.7 to 6.17 that Docker 28 and newer permit: refusing them breaks newer C libraries.</summary>
    private static readonly string[] PermittedSinceDocker28 =
    [
        "getxattrat", "listmount", "listxattrat", "lsm_get_self_attr", "lsm_list_modules", "lsm_set_self_attr", "mseal",
        "removexattrat", "riscv_hwprobe", "setxattrat", "statmount", "uretprobe",
    ];

    /// <summary>The kernel's crypto sockets (family 38) are refused since Docker 28, beside virtual machine sockets (40).</summary>
    private static readonly string[] SocketsSinceDocker28 = ["socket SCMP_ACT_ALLOW 0 SCMP_CMP_LT 38", "socket SCMP_ACT_ALLOW 0 SCMP_CMP_EQ 39", "socket SCMP_ACT_ALLOW 0 SCMP_CMP_GT 40"];

    private const string SocketsOfDocker26 = "socket SCMP_ACT_ALLOW 0 SCMP_CMP_NE 40";

    public static TheoryData<string> Names => ["default", "cap-add", "cap-add-sys-admin", "cap-add-all", "cap-add-all-drop", "cap-drop-all", "cap-drop-all-add", "cap-drop", "seccomp-custom"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Filter_ForTheSameCapabilities_EqualsDockers(string name)
    {
        var expected = GoldenBundle.Of(name)["linux"]!["seccomp"]!;
        var written = Write(name)["linux"]!["seccomp"]!;

        var rules = Rules(expected);
        if (rules.Remove(SocketsOfDocker26)) rules.UnionWith(SocketsSinceDocker28);
        var added = Rules(written).Except(rules).Where(rule => !PermittedSinceDocker28.Any(call => rule == $"{call} SCMP_ACT_ALLOW"));
        Assert.Empty(added);
        Assert.Empty(rules.Except(Rules(written)));
        foreach (var property in (string[])["defaultAction", "defaultErrnoRet", "architectures"])
            Assert.Equal(expected[property]?.ToJsonString(), written[property]?.ToJsonString());
    }

    [Theory]
    [InlineData("seccomp-unconfined")]
    [InlineData("privileged")]
    public void Filter_WhereDockerHasNone_IsAbsent(string name)
    {
        Assert.Null(GoldenBundle.Of(name)["linux"]!["seccomp"]);
        Assert.Null(Write(name)["linux"]!["seccomp"]);
    }

    /// <summary>Docker 26 ignored a profile given to a privileged container; since 28 it counts, as it was asked for.</summary>
    [Fact]
    public void Filter_OfPrivilegedContainerWithOwnProfile_IsThatProfile() =>
        Assert.Equal("SCMP_ACT_ALLOW", (string?)Write("privileged-seccomp-custom")["linux"]!["seccomp"]!["defaultAction"]);

    private static JsonObject Write(string name)
    {
        using var fixture = new BundleFixture();
        return fixture.Write(BundleCases.All[name].Spec(fixture.Spec), fixture.Inputs);
    }

    /// <summary>One line per call and condition: how they are grouped does not matter.</summary>
    private static HashSet<string> Rules(JsonNode filter)
    {
        var rules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in filter["syscalls"]!.AsArray())
        {
            var arguments = (rule!["args"]?.AsArray() ?? []).Select(argument => $"{argument!["index"]} {argument["op"]} {argument["value"]}");
            var effect = string.Join(' ', [(string)rule["action"]!, .. rule["errnoRet"] is { } errno ? [errno.ToString()] : Array.Empty<string>(), .. arguments]);
            rules.UnionWith(rule["names"]!.AsArray().Select(name => $"{name} {effect}"));
        }

        return rules;
    }
}
