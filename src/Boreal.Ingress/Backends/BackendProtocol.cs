namespace Boreal.Ingress.Backends;

/// <summary>What a container speaks at its port.</summary>
internal enum BackendProtocol
{
    Http1,

    /// <summary>HTTP/2 without TLS, from the first byte on.</summary>
    Http2,

    /// <summary>By TLS; the version is agreed upon. Its certificate is its own affair: the way to it does not leave the machine.</summary>
    Https,
}
