namespace Boreal.Oci.Distribution.Transport;

/// <summary>What registries want people to read (<c>Warning: 299 - "text"</c>): each text once, at most 4096 bytes together.</summary>
internal sealed class WarningList
{
    private const int MostCharacters = 4096;

    private readonly Lock _gate = new();
    private volatile IReadOnlyList<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public void Collect(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Warning", out var values))
            return;
        foreach (var value in values)
        {
            if (TextOf(value) is { Length: > 0 } text)
                Add(text);
        }
    }

    private void Add(string text)
    {
        lock (_gate)
        {
            if (!_texts.Contains(text, StringComparer.Ordinal) && _texts.Sum(known => known.Length) + text.Length <= MostCharacters)
                _texts = [.. _texts, text];
        }
    }

    // Only this code and agent are meant for people; the rest belongs to HTTP caches.
    private static string? TextOf(string value)
    {
        const string start = "299 - \"";
        if (!value.StartsWith(start, StringComparison.Ordinal) || value.LastIndexOf('"') < start.Length)
            return null;
        var quoted = value[start.Length..value.LastIndexOf('"')].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return new string([.. quoted.Where(character => !char.IsControl(character))]);
    }
}
