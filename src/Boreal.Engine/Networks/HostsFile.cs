using System.Text;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks;

/// <summary>The text of a container's /etc/hosts.</summary>
public static class HostsFile
{
    private const string Common =
        "127.0.0.1\tlocalhost\n" +
        "::1\tlocalhost ip6-localhost ip6-loopback\n" +
        "fe00::0\tip6-localnet\n" +
        "ff00::0\tip6-mcastprefix\n" +
        "ff02::1\tip6-allnodes\n" +
        "ff02::2\tip6-allrouters\n";

    /// <summary>The common names, then the extra hosts in the order asked for, then the container's own name.</summary>
    public static string Build(ProcessSpec process, NetworkSpec network, NetworkStatus status)
    {
        var text = new StringBuilder(Common);
        foreach (var (name, address) in ExtraHosts(network, status.HostGateway))
            text.Append($"{address}\t{name}\n");
        if (status.Bridge is { } bridge)
            text.Append($"{bridge.Address}\t{OwnNames(process)}\n");
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Address)> ExtraHosts(NetworkSpec network, string hostGateway)
    {
        foreach (var entry in network.ExtraHosts ?? [])
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var address = entry[(colon + 1)..];
            yield return (entry[..colon], address == "host-gateway" ? hostGateway : address.Trim('[', ']'));
        }
    }

    private static string OwnNames(ProcessSpec process)
    {
        var full = process.Domainname.Length == 0 ? process.Hostname : $"{process.Hostname}.{process.Domainname}";
        var dot = full.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? full : $"{full} {full[..dot]}";
    }
}
