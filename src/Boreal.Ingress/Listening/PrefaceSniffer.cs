using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Boreal.Ingress.Listening;

/// <summary>Tells HTTP/2 without TLS, as gRPC clients speak it, from HTTP/1.1 by its first bytes. Kestrel takes all for HTTP/1.1.</summary>
internal sealed class PrefaceSniffer(ConnectionDelegate http1, HandInListener http2, TimeProvider time)
{
    /// <summary>A client that says nothing for so long has its connection ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0"u8;

    public async Task ServeAsync(ConnectionContext connection)
    {
        if (await BeginsWithPrefaceAsync(connection) is not { } isHttp2) return;
        if (!isHttp2)
        {
            await http1(connection);
            return;
        }
        await using var handed = new HandedConnection(connection);
        if (http2.TryHandIn(handed)) await handed.Over;
    }

    /// <summary>Null when the client went away before it said anything.</summary>
    private async ValueTask<bool?> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var cutting = limit.Token.UnsafeRegister(static state => ((ConnectionContext?)state)?.Transport.Input.CancelPendingRead(), connection);
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync();
            if (read.IsCanceled) return null;
            var isPreface = Compare(read.Buffer);
            if (isPreface is not null || read.IsCompleted)
            {
                input.AdvanceTo(read.Buffer.Start);
                return read.Buffer.IsEmpty ? null : isPreface ?? false;
            }
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Null as long as both are possible.</summary>
    private static bool? Compare(ReadOnlySequence<byte> begin)
    {
        Span<byte> seen = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(begin.Length, Preface.Length);
        begin.Slice(0, length).CopyTo(seen);
        if (!seen[..length].SequenceEqual(Preface[..length])) return false;
        return length == Preface.Length ? true : null;
    }
}
