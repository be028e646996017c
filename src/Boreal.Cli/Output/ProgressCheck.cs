using Boreal.Client.Errors;
using Boreal.Client.Streams;

namespace Boreal.Cli.Output;

/// <summary>Reads a progress stream that nobody wants to see: only its failure matters.</summary>
internal static class ProgressCheck
{
    /// <exception cref="ProgressFailedException">The work failed.</exception>
    public static async Task DrainAsync(Stream content, CancellationToken cancellationToken)
    {
        await foreach (var message in ProgressMessages.ReadAsync(content, cancellationToken)) _ = message;
    }
}
