using System.Globalization;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Compose;

/// <summary><c>SERVICE=NUM</c>.</summary>
internal static class ServiceScales
{
    public static IReadOnlyDictionary<string, int> Parse(IEnumerable<string> texts)
    {
        var scales = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.LastIndexOf('=');
            if (equals <= 0 || !int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new CommandFailedException($"invalid scale specifier: {text}: write SERVICE=NUM");
            scales[text[..equals]] = number;
        }

        return scales;
    }
}
