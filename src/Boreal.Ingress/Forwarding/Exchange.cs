using Boreal.Ingress.Backends;
using Boreal.Ingress.Routing;
using Boreal.Orchestrator.Routes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Boreal.Ingress.Forwarding;

/// <summary>One request and what is done to it on its way. Used again for the next one of its connection.</summary>
internal sealed class Exchange : HttpTransformer
{
    private HttpSettings _settings = new();
    private long _began;

    public DefaultHttpContext Http { get; } = new();

    public Upstream? Upstream { get; private set; }

    public Backend? Backend { get; set; }

    public RouteMatch Match { get; private set; }

    public bool IsAnswered { get; private set; }

    /// <summary>Asking twice does what asking once does, and nothing of the request has been used up.</summary>
    public bool IsRepeatable =>
        Http.Request.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" && Http.Request.ContentLength is null or 0
        && Http.Request.Headers.TransferEncoding.Count == 0 && Http.Request.Headers.Upgrade.Count == 0;

    /// <summary>
    /// A server closes a connection that was idle for long enough in the moment in which the next request is on its way there, see
    /// RFC 9112 section 9.6: one that cannot be repeated does not take the risk. HTTP/2 has an answer for it.
    /// </summary>
    public bool NeedsFreshConnection => Backend?.Key.Protocol is BackendProtocol.Http1 && !IsRepeatable;

    public void Begin(IFeatureCollection features)
    {
        Http.Initialize(features);
        (Upstream, Backend, IsAnswered) = (null, null, false);
    }

    public void Lead(RouteMatch match, Upstream upstream)
    {
        (Match, Upstream, _settings) = (match, upstream, upstream.Settings);
        _began = upstream.Meter.Begin();
    }

    /// <summary>How the backend is spoken to.</summary>
    public ForwarderRequestConfig ConfigFor(Upstream upstream, Backend backend) =>
        (IsOpenEnded(Http.Request) ? ForwarderConfigs.Patient : upstream.Configs).For(backend.Key.Protocol);

    /// <summary>The answer begins: it counts as what it is now.</summary>
    public void Answer(int status)
    {
        if (IsAnswered || Upstream is null) return;
        IsAnswered = true;
        Upstream.Meter.Answer(status, _began);
    }

    public void End()
    {
        Upstream?.Meter.End();
        Http.Uninitialize();
    }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (Match.Stripped.Length > 0)
            proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, Match.PathWithout(httpContext.Request.Path), httpContext.Request.QueryString);
        // The container closes it first, so that the port on this side is free at once.
        if (NeedsFreshConnection && httpContext.Request.Headers.Upgrade.Count == 0) proxyRequest.Headers.ConnectionClose = true;
        ForwardedHeaders.Set(httpContext.Request, proxyRequest, _settings.TrustsForwarded, Match.Stripped);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null) return true;
        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        Answer((int)proxyResponse.StatusCode);
        if (Backend is { } backend)
        {
            backend.Succeed();
            Stickiness.Keep(httpContext, _settings.StickyCookie, backend);
        }
        return copies;
    }

    private static bool IsOpenEnded(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || request.Method is "CONNECT"
        || request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
