using System.Text;
using System.Text.Json;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Finds a directive without reading the file, which may be no Dockerfile at all.</summary>
internal static class Directives
{
    /// <summary>Which frontend the file asks for: a Dockerfile's comment, a C-style comment or a JSON member.</summary>
    public static Directive? FindSyntax(string text)
    {
        var (body, lines) = WithoutShebang(text);
        return Find(DirectiveReader.Syntax, body, new DirectiveReader("#", lines))
            ?? Find(DirectiveReader.Syntax, body, new DirectiveReader("//", lines))
            ?? FromJson(body, lines);
    }

    public static Directive? Find(string name, string text)
    {
        var (body, lines) = WithoutShebang(text);
        return Find(name, body, new DirectiveReader("#", lines));
    }

    private static Directive? Find(string name, string body, DirectiveReader reader)
    {
        try
        {
            foreach (var line in body.Split('\n'))
            {
                if (reader.Read(line.TrimEnd('\r')) is not { } directive) return null;
                if (directive.Name == name) return directive;
            }
        }
        catch (DockerfileException)
        {
            // Reading the file will tell of the second directive; the first one is known by then.
        }
        return null;
    }

    private static Directive? FromJson(string body, int lines)
    {
        if (!body.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body));
            return document.RootElement.TryGetProperty(DirectiveReader.Syntax, out var syntax) && syntax.ValueKind == JsonValueKind.String && syntax.GetString() is { } value
                ? new Directive(DirectiveReader.Syntax, value, LineRange.At(lines))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, so nothing was asked for.
            return null;
        }
    }

    private static (string Body, int Lines) WithoutShebang(string text)
    {
        var body = text.TrimStart('\ufeff');
        if (!body.StartsWith("#!", StringComparison.Ordinal)) return (body, 0);
        var end = body.IndexOf('\n');
        return (end < 0 ? "" : body[(end + 1)..], 1);
    }
}
