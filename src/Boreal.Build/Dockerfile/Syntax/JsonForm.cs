using System.Text;
using System.Text.Json;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>The exec form: arguments as a JSON array of strings.</summary>
internal static class JsonForm
{
    /// <summary>Null when the text is no JSON array: then it is the shell form, whatever it looks like.</summary>
    /// <exception cref="FormatException">It is an array, but not of strings.</exception>
    public static IReadOnlyList<string>? TryRead(string text)
    {
        if (!text.StartsWith('[')) return null;
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), new JsonDocumentOptions { MaxDepth = 512 });
            var items = new List<string>(document.RootElement.GetArrayLength());
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String || item.GetString() is not { } value)
                    throw new FormatException("when using JSON array syntax, arrays must be comprised of strings only");
                items.Add(value);
            }
            return items;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
