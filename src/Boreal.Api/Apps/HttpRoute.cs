using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>HTTP requests that go to a service through the shared entry of the machine.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HttpRoute
{
    public string Name { get; set; } = "";

    /// <summary>Host names, <c>*.example.org</c> too; empty for every host.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>The start of the path; empty for every path.</summary>
    public string PathPrefix { get; set; } = "";

    /// <summary>The port in the container; 0: that of HTTP, else the first of TCP.</summary>
    public ushort Target { get; set; }

    /// <summary>Whether <see cref="PathPrefix"/> is taken off before the request goes on.</summary>
    public bool StripPrefix { get; set; }

    /// <summary>Among routes that fit, the highest wins; 0: the longest prefix.</summary>
    public int Priority { get; set; }

    /// <summary>What else the ingress knows about a route, by its own names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}
