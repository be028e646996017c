namespace Boreal.Engine.Networks.Firewall;

/// <summary>Finds neighbours among translated ports, in whatever order they come: the same ports always give the same runs.</summary>
internal static class PortRuns
{
    public static IEnumerable<PortTranslation[]> Of(IEnumerable<PortTranslation> ports)
    {
        var run = new List<PortTranslation>();
        foreach (var port in ports
            .OrderBy(port => port.Port.HostAddress, StringComparer.Ordinal)
            .ThenBy(port => port.Port.ContainerPort.Protocol, StringComparer.Ordinal)
            .ThenBy(port => port.Port.HostPort))
        {
            if (run.Count > 0 && !run[^1].IsFollowedBy(port))
            {
                yield return [.. run];
                run.Clear();
            }

            run.Add(port);
        }

        if (run.Count > 0) yield return [.. run];
    }
}
