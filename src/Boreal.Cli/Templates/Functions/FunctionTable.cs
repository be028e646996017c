using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Templates.Functions;

/// <summary>The functions a template can call: Go's own and the ones docker adds.</summary>
internal static class FunctionTable
{
    private static readonly string[] Names =
    [
        "and", "or", "not", "len", "index", "slice", "print", "printf", "println", "eq", "ne", "lt", "le", "gt", "ge", "html", "urlquery", "js",
        "json", "split", "join", "title", "lower", "upper", "pad", "truncate",
    ];

    public static bool Knows(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The arguments don't fit; the message says why.</exception>
    public static Value Call(string name, IReadOnlyList<Value> arguments, bool isHeader)
    {
        if (isHeader && name is "json" or "split" or "join" or "title" or "lower" or "upper" or "truncate" && isHeader)
            return arguments.Count > 0 ? arguments[0] : TextValue.Empty;
        return name switch
        {
            "not" => BooleanValue.Of(!One(name, arguments).IsTrue),
            "len" => Collections.Length(One(name, arguments)),
            "index" => Collections.Index(arguments),
            "slice" => Collections.Slice(arguments),
            "eq" or "ne" or "lt" or "le" or "gt" or "ge" => Comparison.Call(name, arguments),
            "print" => new TextValue(Printing.Print(arguments)),
            "println" => new TextValue(Printing.PrintLine(arguments)),
            "printf" => new TextValue(Printing.Format(Text(name, arguments, 0), [.. arguments.Skip(1)])),
            "html" => new TextValue(System.Net.WebUtility.HtmlEncode(Printing.Print(arguments))),
            "urlquery" => new TextValue(Uri.EscapeDataString(Printing.Print(arguments)).Replace("%20", "+", StringComparison.Ordinal)),
            "js" => new TextValue(System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(Printing.Print(arguments))),
            "json" => new TextValue(One(name, arguments).Json()),
            _ => TextFunctions.Call(name, arguments),
        };
    }

    public static Value One(string name, IReadOnlyList<Value> arguments) =>
        arguments.Count is 1 ? arguments[0] : throw Count(name, 1, arguments.Count);

    public static string Text(string name, IReadOnlyList<Value> arguments, int at) =>
        at >= arguments.Count ? throw Count(name, at + 1, arguments.Count)
        : arguments[at] is TextValue text ? text.Text
        : throw new ArgumentException($"wrong type for value; expected string; got {arguments[at].TypeName}");

    public static int Integer(string name, IReadOnlyList<Value> arguments, int at) =>
        at >= arguments.Count ? throw Count(name, at + 1, arguments.Count)
        : arguments[at] is NumberValue { AsInteger: { } number } ? (int)number
        : throw new ArgumentException($"wrong type for value; expected int; got {arguments[at].TypeName}");

    public static ArgumentException Count(string name, int wanted, int got) =>
        new($"wrong number of args for {name}: want {wanted} got {got}");

    /// <summary>A token as it is named in messages.</summary>
    public static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "EOF",
        TokenKind.Close => "\"}}\"",
        TokenKind.Field => $"<{token.Source}>",
        _ => $"{GoText.Quote(token.Source)}",
    };
}
