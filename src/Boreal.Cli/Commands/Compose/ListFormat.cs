using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The value of <c>--format</c> where stock compose knows <c>table</c> and <c>json</c> only.</summary>
internal static class ListFormat
{
    public static bool IsJson(string format) => format switch
    {
        "json" => true,
        "table" or "" => false,
        _ => throw new CommandFailedException($"format value \"{format}\" could not be parsed: parsing failed: write table or json"),
    };
}
