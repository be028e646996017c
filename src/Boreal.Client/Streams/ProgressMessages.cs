using System.Runtime.CompilerServices;
using System.Text.Json;
using Boreal.Client.Errors;

namespace Boreal.Client.Streams;

/// <summary>Reads progress streams.</summary>
public static class ProgressMessages
{
    /// <summary>The messages in order; one that reports an error ends the stream with a <see cref="ProgressFailedException"/>.</summary>
    public static async IAsyncEnumerable<ProgressMessage> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in JsonSerializer.DeserializeAsyncEnumerable(
            content, ProgressJsonContext.Default.ProgressMessage, topLevelValues: true, cancellationToken))
        {
            if (message?.Error is { Length: > 0 } error) throw new ProgressFailedException(error);
            if (message is not null) yield return message;
        }
    }
}
