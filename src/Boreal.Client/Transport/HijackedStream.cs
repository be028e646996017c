namespace Boreal.Client.Transport;

/// <summary>A connection taken over as a raw two-way stream: what is written goes to stdin, what is read is output.</summary>
public sealed class HijackedStream : IAsyncDisposable
{
    private readonly Connection _connection;

    internal HijackedStream(Connection connection, string contentType)
    {
        _connection = connection;
        ContentType = contentType;
    }

    /// <summary>The answer's media type; <see cref="IsMultiplexed"/> reads it.</summary>
    public string ContentType { get; }

    /// <summary>The daemon said that output comes in stdout and stderr frames.</summary>
    public bool IsMultiplexed => ContentType is "application/vnd.docker.multiplexed-stream";

    /// <summary>Reads output; 0 at its end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _connection.ReadAsync(buffer, cancellationToken);

    /// <summary>Writes input.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => _connection.WriteAsync(bytes, cancellationToken);

    /// <summary>Ends the input (half-close); output goes on.</summary>
    public ValueTask CloseWriteAsync() => _connection.CloseWriteAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
