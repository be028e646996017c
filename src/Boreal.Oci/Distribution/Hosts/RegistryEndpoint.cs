namespace Boreal.Oci.Distribution.Hosts;

/// <summary>One place that serves a registry's repositories: the registry itself or a mirror of it.</summary>
public sealed record RegistryEndpoint
{
    /// <summary>Scheme and authority, with the path before the repository (<c>https://host/v2</c>), no slash at the end.</summary>
    public required Uri Root { get; init; }

    public EndpointCapabilities Capabilities { get; init; } = EndpointCapabilities.All;

    /// <summary>Plain http may be used when https can't be.</summary>
    public bool AllowsPlainHttp { get; init; }

    public TlsSettings Tls { get; init; } = TlsSettings.Default;

    /// <summary>Another's host: the registry's credentials are not for it.</summary>
    public bool IsMirror { get; init; }

    /// <summary>The registry asked for when a mirror serves several (<c>ns=</c>); null when it need not be told.</summary>
    public string? Namespace { get; init; }

    /// <summary>Sent with every request to this host and to no other.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool Can(EndpointCapabilities capability) => (Capabilities & capability) == capability;
}
