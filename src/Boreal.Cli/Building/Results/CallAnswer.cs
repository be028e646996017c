using System.Globalization;
using System.Text;
using System.Text.Json;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Building.Results;

/// <summary>What the frontend said when it was asked about a Dockerfile.</summary>
internal sealed record CallAnswer(string Text, bool HasFindings)
{
    private const string Check = "frontend.lint";

    /// <exception cref="CommandFailedException">The daemon's frontend does not know the question.</exception>
    public static CallAnswer Read(string request, IReadOnlyDictionary<string, byte[]> metadata)
    {
        if (!metadata.TryGetValue("result.txt", out var text))
            throw new CommandFailedException($"the daemon's Dockerfile frontend does not answer {request}");
        var words = Encoding.UTF8.GetString(text);
        if (request is not Check) return new CallAnswer(words, false);
        var findings = metadata.TryGetValue("result.json", out var json) ? Count(json) : 0;
        var summary = findings switch
        {
            0 => "Check complete, no warnings found.\n",
            1 => "Check complete, 1 warning has been found!\n",
            _ => string.Create(CultureInfo.InvariantCulture, $"Check complete, {findings} warnings have been found!\n"),
        };
        return new CallAnswer(summary + words, findings > 0);
    }

    private static int Count(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("warnings", out var warnings) && warnings.ValueKind is JsonValueKind.Array ? warnings.GetArrayLength() : 0;
    }
}
