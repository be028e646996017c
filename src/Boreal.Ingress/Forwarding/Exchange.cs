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
