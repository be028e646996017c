using Boreal.Api.Containers;

namespace Boreal.Cli.Commands.Containers;

/// <summary>Ports as <c>ps</c> shows them: neighbours joined to ranges, published ones with their address.</summary>
internal static class PortColumn
{
    public static string Render(IReadOnlyList<PortSummary>? ports)
    {
        var groups = new List<(string Key, string Address, string Type, int First, int Last)>();
        var (closed, moved) = (new List<string>(), new List<string>());
        foreach (var port in (ports ?? []).OrderBy(port => port.PrivatePort).ThenBy(port => port.IP, StringComparer.Ordinal)
                     .ThenBy(port => port.PublicPort).ThenBy(port => port.Type, StringComparer.Ordinal))
        {
            var address = port.IP ?? "";
            if (address.Length > 0 && port.PublicPort != port.PrivatePort)
            {
                moved.Add($"{Join(address, $"{port.PublicPort}")}->{port.PrivatePort}/{port.Type}");
                continue;
            }

            var at = groups.FindIndex(group => group.Key == $"{address}/{port.Type}");
            var fresh = ($"{address}/{port.Type}", address, port.Type, (int)port.PrivatePort, (int)port.PrivatePort);
            if (at < 0) groups.Add(fresh);
            else if (port.PrivatePort == groups[at].Last + 1) groups[at] = groups[at] with { Last = port.PrivatePort };
            else
            {
                closed.Add(Text(groups[at].Address, groups[at].Type, groups[at].First, groups[at].Last));
                groups[at] = fresh;
            }
        }

        closed.AddRange(groups.Select(group => Text(group.Address, group.Type, group.First, group.Last)));
        return string.Join(", ", closed.Concat(moved));
    }

    private static string Text(string address, string type, int first, int last)
    {
        var range = first == last ? $"{first}" : $"{first}-{last}";
        return address.Length > 0 ? $"{Join(address, range)}->{range}/{type}" : $"{range}/{type}";
    }

    private static string Join(string address, string port) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";
}
