using System.Net;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>A connection for each request.</summary>
internal sealed class NewConnections(string name, IPEndPoint target, string path = "/") : ITraffic
{
    public string Name => name;

    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var link = await HttpLink.OpenAsync(target, cancellationToken);
        await link.WriteAsync($"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n", cancellationToken);
        return await link.ReadAsync(cancellationToken);
    }

    public void Dispose()
    {
        // Each request closes its own.
    }
}
