using System.Diagnostics;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Boreal.Daemon.Tracing;

/// <summary>
/// Hears of every span of ours and sends them on in batches. It never holds up work: what a collector does not take in time is lost,
/// and told in the log now and then.
/// </summary>
internal sealed partial class TraceExporter : IAsyncDisposable
{
    private const string OurSources = "Boreal.";
    private const int Backlog = 2048;
    private const int LargestBatch = 512;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastSendTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ComplaintInterval = TimeSpan.FromMinutes(1);

    private readonly TraceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TraceExporter> _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false, AllowAutoRedirect = false });
    private readonly Channel<Activity> _ended = Channel.CreateBounded<Activity>(Backlog);
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ActivityListener _listener;
    private readonly Task _sending;
    private DateTimeOffset _complainAfter;

    public TraceExporter(TraceOptions options, TimeProvider time, ILogger<TraceExporter> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _sending = SendAsync();
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith(OurSources, StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> creation) => IsWanted(creation.Parent) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    _ended.Writer.TryWrite(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        Log.Tracing(logger, options.Endpoint);
    }

    /// <summary>Sends what is left, if that is quick.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _ended.Writer.TryComplete();
        _giveUp.CancelAfter(LastSendTimeout);
        await _sending;
        _http.Dispose();
        _giveUp.Dispose();
    }

    // A caller that has decided not to record its trace decides for its part here too.
    private static bool IsWanted(ActivityContext parent) => parent == default || parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);

    private async Task SendAsync()
    {
        var batch = new List<Activity>();
        while (await _ended.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // Others of the same moment come along.
            await Task.Delay(Interval, _time, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < LargestBatch && _ended.Reader.TryRead(out var span))
                batch.Add(span);
            await SendAsync(batch);
            batch.Clear();
        }
    }

    private async Task SendAsync(List<Activity> spans)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_giveUp.Token);
            deadline.CancelAfter(SendTimeout);
            using var content = new ReadOnlyMemoryContent(TraceBatch.Write(spans, _options.ServiceName)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = content };
            foreach (var (name, value) in _options.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await _http.SendAsync(request, deadline.Token);
            response.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Complain(spans.Count, exception.Message);
        }
    }

    private void Complain(int spans, string reason)
    {
        if (_time.GetUtcNow() < _complainAfter)
            return;
        _complainAfter = _time.GetUtcNow() + ComplaintInterval;
        Log.Lost(_logger, spans, _options.Endpoint, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "traces go to {Endpoint}")]
        internal static partial void Tracing(ILogger logger, Uri endpoint);

        [LoggerMessage(131, LogLevel.Warning, "{Spans} spans are lost, {Endpoint} did not take them: {Reason}")]
        internal static partial void Lost(ILogger logger, int spans, Uri endpoint, string reason);
    }
}
