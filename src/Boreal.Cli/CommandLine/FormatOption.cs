namespace Boreal.Cli.CommandLine;

/// <summary>The <c>--format</c> option of listings.</summary>
internal static class FormatOption
{
    public static ValueFlag<string> Create(char shorthand = '\0', string usage =
        "Format output using a custom template: 'table': table with column headers (default), 'table TEMPLATE', 'json': one JSON object a line, 'TEMPLATE': a Go template") =>
        new("format", shorthand, usage, "", text => text) { ValueName = "string" };
}
