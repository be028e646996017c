using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Containers;

/// <summary>The environment variables that tell a container of one it is linked to: where its exposed ports are, its name, its own variables.</summary>
internal static class LinkVariables
{
    /// <summary><c>KEY=value</c>, in Docker's order.</summary>
    public static IEnumerable<string> Of(ContainerLink link, string ownName)
    {
        var prefix = link.Alias.ToUpperInvariant().Replace('-', '_');
        List<PortSpec> ports = [.. link.Other.Network.Exposed.OrderBy(port => port.Port).ThenBy(port => port.Protocol, StringComparer.Ordinal)];
        if (ports.Count > 0) yield return $"{prefix}_PORT={Url(link, ports[0])}";
        foreach (var variable in Ranges(prefix, link, ports)) yield return variable;
        foreach (var port in ports)
        {
            var key = Key(prefix, port);
            yield return $"{key}={Url(link, port)}";
            yield return $"{key}_ADDR={link.Address}";
            yield return $"{key}_PORT={port.Port}";
            yield return $"{key}_PROTO={port.Protocol}";
        }

        yield return $"{prefix}_NAME=/{ownName}/{link.Alias}";
        foreach (var variable in link.Other.Process.Environment.Where(variable => variable.Contains('=', StringComparison.Ordinal) && !IsCommon(variable)))
            yield return $"{prefix}_ENV_{variable}";
    }

    /// <summary>Ports without a gap between them are told by their first and last too.</summary>
    private static IEnumerable<string> Ranges(string prefix, ContainerLink link, List<PortSpec> ports)
    {
        for (var first = 0; first < ports.Count;)
        {
            var last = LastOfRange(ports, first);
            if (last <= first + 1)
            {
                first++;
                continue;
            }

            var key = Key(prefix, ports[first]);
            yield return $"{key}_START={Url(link, ports[first])}";
            yield return $"{key}_ADDR={link.Address}";
            yield return $"{key}_PROTO={ports[first].Protocol}";
            yield return $"{key}_PORT_START={ports[first].Port}";
            yield return $"{key}_END={Url(link, ports[last])}";
            yield return $"{key}_PORT_END={ports[last].Port}";
            first = last + 1;
        }
    }

    private static int LastOfRange(List<PortSpec> ports, int first)
    {
        // A port of both protocols is no gap, and counts as a step: that is how Docker looks ahead.
        for (int next = first + 1, expected = ports[first].Port + 1; next < ports.Count; next++, expected++)
        {
            if (ports[next].Port > expected) return next - 1;
        }

        return ports.Count - 1;
    }

    private static bool IsCommon(string variable) =>
        variable.StartsWith("HOME=", StringComparison.Ordinal) || variable.StartsWith("PATH=", StringComparison.Ordinal);

    private static string Key(string prefix, PortSpec port) => $"{prefix}_PORT_{port.Port}_{port.Protocol.ToUpperInvariant()}";

    private static string Url(ContainerLink link, PortSpec port) => $"{port.Protocol}://{link.Address}:{port.Port}";
}
