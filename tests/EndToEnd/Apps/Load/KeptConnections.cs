using System.Collections.Concurrent;
using System.Net;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>Connections that stay open between requests, the one that rested longest next.</summary>
internal sealed class KeptConnections(IPEndPoint target) : ITraffic
{
    private readonly ConcurrentQueue<HttpLink> _resting = new();

    public string Name => "keep-alive";

    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        var link = await TakeAsync(cancellationToken);
        var isKept = false;
        try
        {
            await link.WriteAsync("GET / HTTP/1.1\r\nHost: test\r\n\r\n", cancellationToken);
            var answer = await link.ReadAsync(cancellationToken);
            isKept = link.IsOpen;
            return answer;
        }
        finally
        {
            if (isKept)
                _resting.Enqueue(link);
            else
                link.Dispose();
        }
    }

    public void Dispose()
    {
        while (_resting.TryDequeue(out var link))
            link.Dispose();
    }

    private async Task<HttpLink> TakeAsync(CancellationToken cancellationToken)
    {
        while (_resting.TryDequeue(out var link))
        {
            if (!link.IsClosedByServer)
                return link;
            link.Dispose();
        }
        return await HttpLink.OpenAsync(target, cancellationToken);
    }
}
