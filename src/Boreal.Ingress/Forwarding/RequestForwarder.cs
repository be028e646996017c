using System.Runtime.CompilerServices;
using Boreal.Ingress.Backends;
using Boreal.Ingress.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Boreal.Ingress.Forwarding;

/// <summary>Takes a request to a backend, and to another one when the first cannot be reached.</summary>
internal sealed partial class RequestForwarder(IHttpForwarder forwarder, ILogger logger)
{
    private const int MostTries = 3;

    public async Task ForwardAsync(Exchange exchange, RouteMatch match)
    {
        var http = exchange.Http;
        if (match.Upstream is not { } upstream)
        {
            await RefuseAsync(exchange, StatusCodes.Status404NotFound, "no service answers here\n");
            return;
        }
        exchange.Lead(match, upstream);
        var tried = default(Tried);
        var wished = Stickiness.Wished(http.Request, upstream.Settings.StickyCookie);
        for (var count = 0; ; count++)
        {
            if (upstream.Enter(((ReadOnlySpan<Backend?>)tried)[..count]!, wished) is not { } backend)
            {
                if (count == 0) await RefuseAsync(exchange, StatusCodes.Status503ServiceUnavailable, "the service has no task that is ready\n");
                break;
            }
            tried[count] = backend;
            if (count > 0) BeginAgain(exchange, upstream);
            if (await TryAsync(exchange, upstream, backend) || count + 1 == MostTries) break;
        }
        if (!exchange.IsAnswered) Conclude(exchange, upstream);
    }

    /// <summary>The forwarder takes only requests whose answer nobody has touched.</summary>
    private static void BeginAgain(Exchange exchange, Upstream upstream)
    {
        exchange.Http.Features.Set<IForwarderErrorFeature>(null);
        exchange.Http.Response.StatusCode = StatusCodes.Status200OK;
        upstream.Meter.Retry();
    }

    /// <returns>False when another backend may be tried.</returns>
    private async ValueTask<bool> TryAsync(Exchange exchange, Upstream upstream, Backend backend)
    {
        var http = exchange.Http;
        exchange.Backend = backend;
        try
        {
            var error = await forwarder.SendAsync(http, backend.Prefix, exchange.NeedsFreshConnection ? backend.Fresh : backend.Client, exchange.ConfigFor(upstream, backend), exchange);
            if (error is ForwarderError.None) return true;
            var failure = http.Features.Get<IForwarderErrorFeature>()?.Exception;
            var isUnreached = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError };
            if (isUnreached)
            {
                backend.Fail();
                Log.Unreached(logger, upstream.Meter.Service, backend.Key.Address.ToString(), failure?.Message ?? "");
            }
            if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return true;
            var mayRepeat = isUnreached || (error is ForwarderError.Request && exchange.IsRepeatable);
            return !mayRepeat;
        }
        finally
        {
            backend.Leave();
        }
    }

    private static void Conclude(Exchange exchange, Upstream upstream)
    {
        if (exchange.Http.RequestAborted.IsCancellationRequested) upstream.Meter.Abandon();
        else exchange.Answer(exchange.Http.Response.StatusCode);
    }

    private static async Task RefuseAsync(Exchange exchange, int status, string text)
    {
        exchange.Answer(status);
        var response = exchange.Http.Response;
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        // The next one may have a service again, or another one.
        if (HttpProtocol.IsHttp11(exchange.Http.Request.Protocol)) response.Headers.Connection = "close";
        await response.WriteAsync(text);
    }

    [InlineArray(MostTries)]
    private struct Tried
    {
        private Backend? _first;
    }

    private static partial class Log
    {
        // Not a flood: who was not reached rests.
        [LoggerMessage(3220, LogLevel.Warning, "a task of {Service} cannot be reached at {Address}: {Reason}")]
        public static partial void Unreached(ILogger logger, string service, string address, string reason);
    }
}
