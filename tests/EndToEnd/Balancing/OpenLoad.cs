using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Tests.EndToEnd.Balancing;

/// <summary>
/// New connections at a constant rate, each with one request, whether or not earlier ones have been answered: a closed loop
/// would go easy on whoever does not answer.
/// </summary>
internal sealed class OpenLoad(IPEndPoint target, int perSecond)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n");

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<long> _successes = new();

    /// <summary>How often each body came.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The longest time from one answer to the next.</summary>
    public TimeSpan LongestGap
    {
        get
        {
            var times = _successes.Order().ToList();
            return times.Zip(times.Skip(1), (one, next) => TimeProvider.System.GetElapsedTime(one, next)).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Goes on until it is cancelled, then waits for the last answers.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / perSecond);
        try
        {
            while (await timer.WaitForNextTickAsync(ending)) asked.Add(AskAsync());
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        await Task.WhenAll(asked);
    }

    private async Task AskAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(target, deadline.Token);
            await socket.SendAsync(Request, deadline.Token);
            using var reader = new StreamReader(new NetworkStream(socket));
            var answer = await reader.ReadToEndAsync(deadline.Token);
            if (!answer.Contains(" 200 ", StringComparison.Ordinal)) throw new IOException($"no answer but: {answer}");
            _answers.AddOrUpdate(answer.TrimEnd().Split('\n')[^1], 1, (_, count) => count + 1);
            _successes.Enqueue(TimeProvider.System.GetTimestamp());
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            _failures.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {exception.Message}");
        }
    }
}
