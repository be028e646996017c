using Boreal.Daemon.Http;

namespace Boreal.Daemon.Metrics;

/// <summary>All metrics as one answer. Its sources are made when it is asked for first.</summary>
internal sealed class MetricsDocument(Func<IEnumerable<IMetricSource>> sources)
{
    private const string OpenMetricsType = "application/openmetrics-text";

    public async Task AnswerAsync(HttpContext context)
    {
        var isOpenMetrics = WantsOpenMetrics(context.Request.Headers.Accept.ToString());
        var text = new MetricsText(isOpenMetrics);
        foreach (var source in sources())
            await source.WriteAsync(text, context.Gone());
        var body = text.End();
        context.Response.ContentType = MetricsText.ContentType(isOpenMetrics);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.Gone());
    }

    // Clients that know it name it first and say which version; one that refuses it gives it the quality 0.
    private static bool WantsOpenMetrics(string accept) => accept.Split(',')
        .Select(range => range.Split(';', StringSplitOptions.TrimEntries))
        .Any(range => range[0].Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase) && !range.Any(part => part is "q=0" or "q=0.0"));
}
