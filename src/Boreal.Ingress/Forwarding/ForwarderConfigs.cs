using Boreal.Ingress.Backends;
using Yarp.ReverseProxy.Forwarder;

namespace Boreal.Ingress.Forwarding;

/// <summary>How backends are spoken to, by their protocol, with one limit on silence.</summary>
internal sealed class ForwarderConfigs(TimeSpan timeout)
{
    private readonly ForwarderRequestConfig _http1 = new() { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = timeout };
    private readonly ForwarderRequestConfig _http2 = new() { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = timeout };
    private readonly ForwarderRequestConfig _agreed = new() { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower, ActivityTimeout = timeout };

    /// <summary>For requests that may be silent for as long as they like; the forwarder's clock reaches no further.</summary>
    public static ForwarderConfigs Patient { get; } = new(TimeSpan.FromDays(20));

    public ForwarderRequestConfig For(BackendProtocol protocol) => protocol switch
    {
        BackendProtocol.Http1 => _http1,
        BackendProtocol.Http2 => _http2,
        _ => _agreed,
    };
}
