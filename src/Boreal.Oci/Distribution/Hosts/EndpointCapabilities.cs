namespace Boreal.Oci.Distribution.Hosts;

/// <summary>What a host may be used for, in the words of <c>hosts.toml</c>.</summary>
[Flags]
public enum EndpointCapabilities
{
    None = 0,

    /// <summary>Content by digest: it can't be forged.</summary>
    Pull = 1,

    /// <summary>What a tag means: the host is trusted with the answer.</summary>
    Resolve = 2,

    Push = 4,

    All = Pull | Resolve | Push,
}
