using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>The keys that leave a terminal without ending its process: letters and <c>ctrl-</c> with a letter or one of <c>@[\]^_</c>, commas between.</summary>
internal static class DetachKeys
{
    private const string Control = "ctrl-";

    /// <summary>ctrl-p,ctrl-q.</summary>
    public static ReadOnlyMemory<byte> Default { get; } = new byte[] { 16, 17 };

    /// <summary>The bytes a terminal sends for the keys; empty text is the default. Null when a key is unknown.</summary>
    public static ReadOnlyMemory<byte>? TryParse(string text)
    {
        if (text.Length == 0)
            return Default;
        var keys = new List<byte>();
        foreach (var key in text.Split(','))
        {
            if (key.Length == 1 && char.IsAscii(key[0]))
                keys.Add((byte)key[0]);
            else if (key.Length == Control.Length + 1 && key.StartsWith(Control, StringComparison.Ordinal) && CodeOf(key[^1]) is { } code)
                keys.Add(code);
            else
                return null;
        }
        return keys.ToArray();
    }

    public static ReadOnlyMemory<byte> Parse(string text, string what) =>
        TryParse(text) ?? throw new EngineException(ErrorKind.Invalid, $"Invalid {what} keys ({text}) provided");

    private static byte? CodeOf(char key) => key switch
    {
        >= 'a' and <= 'z' => (byte)(key - 'a' + 1),
        '@' => 0,
        '[' => 27,
        '\\' => 28,
        ']' => 29,
        '^' => 30,
        '_' => 31,
        _ => null,
    };
}
