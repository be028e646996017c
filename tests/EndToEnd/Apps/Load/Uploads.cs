using System.Net;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>Bodies that arrive a piece at a time.</summary>
internal sealed class Uploads(IPEndPoint target) : ITraffic
{
    private const int Pieces = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly string Piece = new('x', 8 * 1024);

    public string Name => "upload";

    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var link = await HttpLink.OpenAsync(target, cancellationToken);
        await link.WriteAsync($"POST /upload HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: {Pieces * Piece.Length}\r\n\r\n", cancellationToken);
        for (var piece = 0; piece < Pieces; piece++)
        {
            await link.WriteAsync(Piece, cancellationToken);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
        var answer = await link.ReadAsync(cancellationToken);
        return answer.TrimEnd().EndsWith($" {Pieces * Piece.Length}", StringComparison.Ordinal) ? answer : throw new IOException($"not all of it arrived: {answer}");
    }

    public void Dispose()
    {
        // Each request closes its own.
    }
}
