using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates.Functions;

/// <summary>docker's text functions.</summary>
internal static class TextFunctions
{
    public static Value Call(string name, IReadOnlyList<Value> arguments) => name switch
    {
        "split" => Split(FunctionTable.Text(name, arguments, 0), FunctionTable.Text(name, arguments, 1)),
        "join" => Join(arguments),
        "title" => new TextValue(Title(FunctionTable.Text(name, arguments, 0))),
        "lower" => new TextValue(FunctionTable.Text(name, arguments, 0).ToLowerInvariant()),
        "upper" => new TextValue(FunctionTable.Text(name, arguments, 0).ToUpperInvariant()),
        "pad" => new TextValue(Pad(FunctionTable.Text(name, arguments, 0), FunctionTable.Integer(name, arguments, 1), FunctionTable.Integer(name, arguments, 2))),
        "truncate" => new TextValue(Truncate(FunctionTable.Text(name, arguments, 0), FunctionTable.Integer(name, arguments, 1))),
        _ => throw new ArgumentException($"function {name} not defined"),
    };

    private static ListValue Split(string text, string separator) => separator.Length is 0
        ? new ListValue([.. text.EnumerateRunes().Select(rune => new TextValue(rune.ToString()))])
        : new ListValue([.. text.Split(separator).Select(part => new TextValue(part))]);

    private static TextValue Join(IReadOnlyList<Value> arguments)
    {
        var separator = FunctionTable.Text("join", arguments, 1);
        return arguments[0] is ListValue list
            ? new TextValue(string.Join(separator, list.Items.Select(item => item.Print())))
            : throw new ArgumentException($"wrong type for value; expected []string; got {arguments[0].TypeName}");
    }

    private static string Title(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = i is 0 || !char.IsLetterOrDigit(source[i - 1]) && source[i - 1] is not '_' and not '\'' ? char.ToUpperInvariant(source[i]) : source[i];
    });

    private static string Pad(string text, int before, int after) =>
        text.Length is 0 ? "" : new string(' ', Math.Max(0, before)) + text + new string(' ', Math.Max(0, after));

    private static string Truncate(string text, int length) => text.Length < length ? text : text[..Math.Max(0, length)];
}
