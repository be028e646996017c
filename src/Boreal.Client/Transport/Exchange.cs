using System.Globalization;
using System.Text;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>One request on one connection: (1) head, (2) body, sent beside the reading, (3) the answer's head.</summary>
internal sealed class Exchange(Connection connection, Action<Connection> release) : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly CancellationTokenSource _uploadEnds = new();
    private Task _upload = Task.CompletedTask;

    public Connection Connection => connection;

    public async Task<ResponseHead?> RunAsync(ApiRequest request, string target, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(Head(request, target, headers), cancellationToken);
        if (request.Upload is { } upload) _upload = UploadAsync(upload, _uploadEnds.Token);
        try
        {
            return await AnswerAsync(cancellationToken);
        }
        catch (IOException) when (_upload.IsFaulted)
        {
            await _upload; // The reason the sending broke says more than the closed connection.
            throw;
        }
    }

    public async ValueTask EndAsync(bool reusable)
    {
        if (!_upload.IsCompletedSuccessfully)
        {
            reusable = false;
            await _uploadEnds.CancelAsync();
            await _upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (reusable) release(connection);
        else await connection.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _uploadEnds.Dispose();

    private async Task<ResponseHead?> AnswerAsync(CancellationToken cancellationToken)
    {
        while (await connection.ReadUntilAsync(HeadEnd, cancellationToken) is { } text)
        {
            var head = ResponseHead.Parse(text.Span);
            if (head.Status is >= 200 or 101) return head;
        }

        return null;
    }

    private async Task UploadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        const int Room = 16;
        int read;
        while ((read = await content.ReadAsync(buffer.AsMemory(Room, buffer.Length - Room - 2), cancellationToken)) > 0)
        {
            var size = Encoding.ASCII.GetBytes(read.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            size.CopyTo(buffer, Room - size.Length);
            "\r\n"u8.CopyTo(buffer.AsSpan(Room + read));
            if (!await TrySendAsync(buffer.AsMemory(Room - size.Length, size.Length + read + 2), cancellationToken)) return;
        }

        await TrySendAsync(LastChunk, cancellationToken);
    }

    /// <summary>False: the daemon stopped reading, which it does when it answers early; its answer tells why.</summary>
    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static byte[] Head(ApiRequest request, string target, IEnumerable<(string Name, string Value)> headers)
    {
        var head = new StringBuilder(256).Append(request.Method).Append(' ').Append(target).Append(" HTTP/1.1\r\n");
        foreach (var (name, value) in headers.Concat(request.Headers)) head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (request.Upload is not null) head.Append("Content-Type: ").Append(request.UploadType).Append("\r\nTransfer-Encoding: chunked\r\n");
        else if (!request.Json.IsEmpty) head.Append("Content-Type: application/json\r\nContent-Length: ").Append(request.Json.Length).Append("\r\n");
        else if (request.Method is not ("GET" or "HEAD")) head.Append("Content-Length: 0\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. request.Json.Span];
    }
}
