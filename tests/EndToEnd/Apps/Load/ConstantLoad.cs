using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>Requests at a constant rate, of several kinds in turn, whether or not earlier ones have been answered.</summary>
internal sealed class ConstantLoad(IReadOnlyList<ITraffic> turns, int perSecond) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentQueue<Request> _ended = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    public IReadOnlyCollection<Request> Requests => _ended;

    /// <summary>All kinds at 50 a second: of ten requests four with new connections, three over kept ones, one each slow, upload and web socket.</summary>
    public static ConstantLoad Mixed(IPEndPoint target, int perSecond = 50)
    {
        var (fresh, kept) = (new NewConnections("new connection", target), new KeptConnections(target));
        return new ConstantLoad([fresh, kept, new NewConnections("slow", target, "/slow?ms=1500"), fresh, kept, new Uploads(target), fresh, kept, new WebSockets(target), fresh], perSecond);
    }

    public void Start() => _running = RunAsync();

    /// <summary>Asks nothing more, and waits for the last answers.</summary>
    public async Task<LoadReport> FinishAsync()
    {
        await _ending.CancelAsync();
        await _running;
        return new LoadReport([.. _ended.OrderBy(request => request.Began)]);
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        foreach (var traffic in turns.Distinct())
            traffic.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                // A tick that comes late brings what has become due meanwhile.
                while (asked.Count < Now.TotalSeconds * perSecond)
                    asked.Add(AskAsync(turns[asked.Count % turns.Count], TimeSpan.FromSeconds((double)asked.Count / perSecond)));
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
        await Task.WhenAll(asked);
    }

    private async Task AskAsync(ITraffic traffic, TimeSpan due)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var answer = await traffic.AskAsync(deadline.Token);
            _ended.Enqueue(new Request(traffic.Name, due, Now, answer.Trim(), ""));
        }
        catch (Exception exception) when (exception is IOException or SocketException or WebSocketException or InvalidDataException or OperationCanceledException)
        {
            _ended.Enqueue(new Request(traffic.Name, due, Now, "", exception is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : exception.Message));
        }
    }
}
