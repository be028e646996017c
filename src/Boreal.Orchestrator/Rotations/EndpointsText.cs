using System.Globalization;
using System.Text;
using Boreal.Orchestrator.Balancing;

namespace Boreal.Orchestrator.Rotations;

/// <summary>Endpoints as one line of text: equal for what is the same to a balancer.</summary>
internal static class EndpointsText
{
    public static string Of(ServiceEndpoints endpoints)
    {
        var text = new StringBuilder();
        foreach (var port in endpoints.Ports)
            text.Append(CultureInfo.InvariantCulture, $"p {port.HostIp} {port.Published} {port.Target} {port.Protocol} {port.AppProtocol};");
        foreach (var network in endpoints.Networks)
            text.Append(CultureInfo.InvariantCulture, $"n {network.Network} {network.HasVirtualAddress} {string.Join(',', network.Names)};");
        foreach (var route in endpoints.Routes)
        {
            text.Append(CultureInfo.InvariantCulture, $"r {route.Name} {string.Join(',', route.Hosts)} {route.PathPrefix} {route.Target} {route.StripPrefix} {route.Priority}");
            foreach (var (key, value) in (route.Options ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $" {key}={value}");
            text.Append(';');
        }
        text.Append(CultureInfo.InvariantCulture, $"h {endpoints.Http};");
        foreach (var backend in endpoints.Backends)
            text.Append(CultureInfo.InvariantCulture, $"b {backend.TaskId} {backend.ContainerId} {backend.State} {backend.Address};");
        return text.ToString();
    }
}
