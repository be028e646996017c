using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>One call of a client's, as its service sees it.</summary>
internal sealed class RpcCall : ServerCallContext
{
    /// <summary>As others' servers of these protocols.</summary>
    public const int LargestMessage = 16 << 20;

    private readonly CancellationToken _cancelled;
    private readonly Metadata _requestHeaders = [];

    public RpcCall(HttpContext http, CancellationToken cancelled)
    {
        Http = http;
        _cancelled = cancelled;
        foreach (var header in http.Request.Headers)
        {
            // Binary values are none that a service here asks for.
            if (header.Key[0] == ':' || header.Key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in header.Value)
                _requestHeaders.Add(header.Key, value ?? "");
        }
    }

    public HttpContext Http { get; }

    protected override string MethodCore => Http.Request.Path.Value ?? "";

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => "";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders;

    protected override CancellationToken CancellationTokenCore => _cancelled;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("calls are not passed on");

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        foreach (var entry in responseHeaders)
            Http.Response.Headers.Append(entry.Key, entry.Value);
        await Http.Response.StartAsync(_cancelled);
        await Http.Response.BodyWriter.FlushAsync(_cancelled);
    }
}
