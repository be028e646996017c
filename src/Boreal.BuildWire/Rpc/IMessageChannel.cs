using System.Buffers;
using Google.Protobuf;

namespace Boreal.BuildWire.Rpc;

/// <summary>A call's messages as either side of it sees them. One reader and one writer at a time.</summary>
internal interface IMessageChannel
{
    /// <summary>The message that was read, valid until the next read.</summary>
    ReadOnlySequence<byte> Payload { get; }

    /// <summary>False when the other side sends no more.</summary>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>False when the other side wants no more.</summary>
    ValueTask<bool> WriteAsync(IMessage message, CancellationToken cancellationToken);

    /// <summary>As for one, sent together.</summary>
    ValueTask<bool> WriteAsync(IReadOnlyList<IMessage> messages, CancellationToken cancellationToken);
}
