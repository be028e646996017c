using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boreal.Cli.Templates.Values;

internal sealed class TextValue(string text) : Value
{
    public static readonly TextValue Empty = new("");

    public string Text => text;

    public override bool IsTrue => text.Length > 0;

    public override string TypeName => "string";

    public override string Print() => text;

    public override string Json() => Quote(text);

    /// <summary>JSON's quoting, without escaping what only HTML minds.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
