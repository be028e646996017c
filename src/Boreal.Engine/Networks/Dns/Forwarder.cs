using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Boreal.Linux.Errors;

namespace Boreal.Engine.Networks.Dns;

/// <summary>
/// Passes questions on. Servers are asked in their order; one that is slow is not waited for before the next is asked
/// too, and the first good answer counts.
/// </summary>
internal sealed class Forwarder(HostNetwork host, AnswerCache cache, TimeProvider time)
{
    private const int MostServers = 3;
    private const int MostQuestions = 1024;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private int _questions;

    /// <summary>The answer to keep unchanged, or null when no server gave one. <paramref name="namespacePath"/> is where the question comes from.</summary>
    public async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> message, ResolverSettings settings, string namespacePath, CancellationToken cancellationToken)
    {
        var servers = settings.Upstreams.Take(MostServers).ToList();
        if (servers.Count == 0 || Query.Parse(message.Span, out var query) is not ResponseCode.Success) return null;
        var questionLength = query.Question.Length;
        // Options of the sender's own, such as cookies, concern it alone; a server on loopback is another one in each namespace.
        var isShared = !query.HasOptionData && servers.All(server => server.FromHost || !IPAddress.IsLoopback(server.Address));
        var key = CacheKey.Of(query, string.Join(' ', servers));
        if (isShared && cache.Find(key) is { } known) return known;
        if (Interlocked.Increment(ref _questions) > MostQuestions)
        {
            Interlocked.Decrement(ref _questions);
            return null;
        }

        try
        {
            var exchange = new UpstreamExchange(host, namespacePath);
            return isShared
                ? await cache.AskAsync(key, () => AskServersAsync(exchange, servers, message, questionLength, cancellationToken))
                : await AskServersAsync(exchange, servers, message, questionLength, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _questions);
        }
    }

    private async Task<byte[]?> AskServersAsync(UpstreamExchange exchange, List<UpstreamServer> servers, ReadOnlyMemory<byte> message, int questionLength, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var running = new List<Task<byte[]?>>();
        byte[]? poor = null;
        try
        {
            // Datagrams get lost: each server is asked more than once.
            var last = (servers.Count * Rounds) - 1;
            for (var attempt = 0; attempt <= last; attempt++)
            {
                running.Add(TryAskAsync(exchange, servers[attempt % servers.Count], message, questionLength, either.Token));
                while (running.Count > 0 && await NextAsync(running, attempt < last, either.Token) is { } done)
                {
                    running.Remove(done);
                    var answer = await done;
                    if (answer is not null && IsGood(answer)) return answer;
                    poor ??= answer;
                }

                if (poor is not null && running.Count == 0 && attempt >= servers.Count - 1) break;
            }
        }
        catch (OperationCanceledException)
        {
            // Out of time, or stopping.
        }
        finally
        {
            await either.CancelAsync();
        }

        return poor;
    }

    /// <summary>The next that is done, or null when it is time to ask another too.</summary>
    private async Task<Task<byte[]?>?> NextAsync(List<Task<byte[]?>> running, bool hasOthers, CancellationToken cancellationToken)
    {
        var next = Task.WhenAny(running);
        if (!hasOthers) return await next.WaitAsync(cancellationToken);
        try
        {
            return await next.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static bool IsGood(byte[] answer) =>
        (ResponseCode)(BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)) & 0xf) is not (ResponseCode.ServerFailure or ResponseCode.Refused or ResponseCode.NotImplemented);

    private static async Task<byte[]?> TryAskAsync(UpstreamExchange exchange, UpstreamServer server, ReadOnlyMemory<byte> message, int questionLength, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.AskAsync(server, message, questionLength, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or LinuxException)
        {
            // Unreachable, or not needed any more: another server may answer.
            return null;
        }
    }
}
