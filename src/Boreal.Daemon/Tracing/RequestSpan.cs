using System.Diagnostics;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Tracing;

/// <summary>A request to the API as a span, below the caller's if it names one by <c>traceparent</c>. Null where nobody traces.</summary>
internal static class RequestSpan
{
    private static readonly ActivitySource Source = new("Boreal.Api");

    public static Activity? Begin(HttpContext context)
    {
        if (!Source.HasListeners())
            return null;
        var headers = context.Request.Headers;
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var caller);
        return Source.StartActivity(context.Request.Method, ActivityKind.Server, caller);
    }

    /// <summary>What the request has come to, in OpenTelemetry's names for HTTP.</summary>
    public static void Describe(Activity? span, HttpContext context)
    {
        if (span is null)
            return;
        var status = context.Response.StatusCode;
        span.SetTag("http.request.method", context.Request.Method).SetTag("url.path", context.Request.Path.Value).SetTag("http.response.status_code", status);
        if (context.Features.Get<RoutedRequest>() is { } routed)
        {
            span.DisplayName = $"{context.Request.Method} {routed.Template}";
            span.SetTag("http.route", routed.Template);
        }
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
