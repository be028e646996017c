using System.Text;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Output;

/// <summary>Writes items in the format asked for: a table, JSON lines, or a template.</summary>
internal sealed class Listing(Columns columns, string format)
{
    private const string Table = "table";

    /// <summary>The format with <c>table</c>, <c>json</c> and backslash escapes resolved.</summary>
    public static (string Template, bool IsTable) Resolve(string format, string defaultTable)
    {
        if (format is "" or Table) format = defaultTable;
        var isTable = format.StartsWith(Table, StringComparison.Ordinal);
        var template = isTable ? format[Table.Length..] : format is "json" ? "{{json .}}" : format;
        return (template.Trim(' ').Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal), isTable);
    }

    public async Task WriteAsync<T>(CliContext context, IEnumerable<T> items, string defaultTable)
        where T : notnull =>
        await context.Out.WriteAsync(Render(items, defaultTable, context.Terminal.Size?.Columns));

    public string Render<T>(IEnumerable<T> items, string defaultTable, int? fitTo = null)
        where T : notnull
    {
        var (text, isTable) = Resolve(format, defaultTable);
        try
        {
            var template = Template.Parse(text);
            var output = new StringBuilder();
            if (isTable) output.Append(template.RenderHeader(columns)).Append('\n');
            foreach (var item in items) output.Append(template.Render(new RowValue(columns, item))).Append('\n');
            if (!isTable) return output.ToString();
            var aligned = TabTable.Align(output.ToString());
            return fitTo is { } width && format is ("" or Table) ? Fit(aligned, width, output.ToString()) : aligned;
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"template parsing error: {problem.Message}");
        }
    }

    /// <summary>On a terminal a default table that is too wide is narrowed by shortening its widest column.</summary>
    private static string Fit(string aligned, int width, string tabbed) =>
        aligned.Split('\n').Max(line => line.EnumerateRunes().Count()) <= width ? aligned : TabTable.Align(NarrowTable.Fit(tabbed, width));
}
