using Boreal.Cli.CommandLine;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Builds;

/// <summary>The surroundings of a build's RUN instructions.</summary>
internal sealed class BuildRunFlags
{
    public BuildRunFlags(FlagSet flags)
    {
        Hosts = flags.List("add-host", '\0', "Add a custom host-to-IP mapping (format: \"host:ip\")", Parsing.Hosts.CheckMapping);
        Entitlements = flags.List("allow", '\0', "Allow extra privileged entitlement (e.g., \"network.host\", \"security.insecure\")");
        CgroupParent = flags.Text("cgroup-parent", '\0', "Set the parent cgroup for the \"RUN\" instructions during build");
        Network = flags.Text("network", '\0', "Set the networking mode for the \"RUN\" instructions during build", "default");
        ShmSize = flags.Value("shm-size", '\0', "bytes", "Shared memory size for build containers", 0L, ByteSize.Parse);
        Ulimits = flags.List("ulimit", '\0', "Ulimit options", CheckUlimit);
    }

    public ListFlag Hosts { get; }

    public ListFlag Entitlements { get; }

    public ValueFlag<string> CgroupParent { get; }

    public ValueFlag<string> Network { get; }

    public ValueFlag<long> ShmSize { get; }

    public ListFlag Ulimits { get; }

    private static string CheckUlimit(string text)
    {
        var limit = Parsing.Ulimits.Parse(text);
        return $"{limit.Name}={limit.Soft}:{limit.Hard}";
    }
}
