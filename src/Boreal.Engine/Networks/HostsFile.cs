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

    /// <summary>The common names, then the extra hosts in the order asked for, the linked containers, then the container's own name.</summary>
    public static string Build(ProcessSpec process, NetworkSpec network, NetworkStatus status, IReadOnlyList<(string Address, string Names)> links)
    {
        var text = new StringBuilder(Common);
        foreach (var (name, address) in ExtraHosts(network, status.HostGateway))
            text.Append($"{address}\t{name}\n");
        foreach (var (address, names) in links)
            text.Append($"{address}\t{names}\n");
        foreach (var endpoint in status.Endpoints)
            text.Append(LinesOf(endpoint, process));
        return text.ToString();
    }

    /// <summary>For a program that is nobody's peer: its own name stands for the machine itself, and no address of its network is told.</summary>
    public static string BuildWithoutAddress(string hostname, NetworkSpec network, string hostGateway) =>
        string.Concat(ExtraHosts(network, hostGateway).Select(host => $"{host.Address}\t{host.Name}\n")
            .Prepend($"127.0.0.1\tlocalhost {hostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n"));

    /// <summary>As the text has become since, without the lines of the endpoints that are gone and with those of new ones.</summary>
    public static string Follow(string text, ProcessSpec process, NetworkStatus before, NetworkStatus after)
    {
        var gone = before.Endpoints.Where(endpoint => after.On(endpoint.NetworkId) is null).Select(endpoint => LinesOf(endpoint, process));
        foreach (var lines in gone.Where(lines => lines.Length > 0))
            text = text.Replace(lines, "", StringComparison.Ordinal);
        var added = after.Endpoints.Where(endpoint => before.On(endpoint.NetworkId) is null).Select(endpoint => LinesOf(endpoint, process));
        return string.Concat(added.Prepend(text.Length == 0 || text[^1] == '\n' ? text : text + "\n"));
    }

    private static string LinesOf(EndpointStatus endpoint, ProcessSpec process) =>
        string.Concat(((string[])[endpoint.Address, endpoint.Address6]).Where(address => address.Length > 0).Select(address => $"{address}\t{OwnNames(process)}\n"));

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
