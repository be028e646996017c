using System.Net;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>The form of <c>--add-host</c>.</summary>
internal static class HostNameRules
{
    public static void CheckExtraHosts(IReadOnlyList<string>? hosts)
    {
        foreach (var entry in hosts ?? [])
        {
            var colon = entry.IndexOf(':');
            if (colon <= 0)
                throw new EngineException(ErrorKind.Invalid, $"bad format for add-host: \"{entry}\"");
            var address = entry[(colon + 1)..];
            if (address is not "host-gateway" && !IPAddress.TryParse(address.Trim('[', ']'), out _))
                throw new EngineException(ErrorKind.Invalid, $"invalid IP address in add-host: \"{address}\"");
        }
    }
}
