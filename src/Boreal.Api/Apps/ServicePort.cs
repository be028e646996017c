using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>A port of a service, published on the host.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServicePort
{
    /// <summary>Empty for every address.</summary>
    public string HostIp { get; set; } = "";

    /// <summary>On the host; a range <c>8000-8010</c> gives each task one of its own in mode <c>host</c>; 0 or empty: any free port.</summary>
    public string Published { get; set; } = "";

    /// <summary>In the container.</summary>
    public ushort Target { get; set; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public string Protocol { get; set; } = "tcp";

    /// <summary><c>ingress</c>: all tasks behind one port; <c>host</c>: the container's own port.</summary>
    public string Mode { get; set; } = "ingress";

    /// <summary><c>http</c>, <c>https</c>, <c>http2</c>, ...; empty balances connections and looks into none.</summary>
    public string AppProtocol { get; set; } = "";

    public string Name { get; set; } = "";
}
