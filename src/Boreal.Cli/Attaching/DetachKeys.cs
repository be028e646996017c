namespace Boreal.Cli.Attaching;

/// <summary>Finds the key sequence that detaches in what is typed; a sequence begun and not finished is passed on.</summary>
internal sealed class DetachKeys
{
    private readonly byte[] _sequence;
    private int _matched;

    public DetachKeys(string keys) => _sequence = keys.Length > 0 ? Parse(keys) : [0x10, 0x11];

    /// <summary>Reads <c>ctrl-p,ctrl-q</c>: single characters and control keys.</summary>
    public static byte[] Parse(string keys) => [.. keys.Split(',').Select(ParseKey)];

    /// <summary>What of the typed bytes goes to the container, and whether the sequence is complete.</summary>
    public (byte[] Forward, bool Detached) Filter(ReadOnlySpan<byte> typed)
    {
        var forward = new List<byte>(typed.Length + _matched);
        foreach (var key in typed)
        {
            if (key == _sequence[_matched])
            {
                if (++_matched == _sequence.Length) return ([.. forward], true);
                continue;
            }

            forward.AddRange(_sequence.AsSpan(0, _matched));
            _matched = key == _sequence[0] ? 1 : 0;
            if (_matched is 0) forward.Add(key);
        }

        return ([.. forward], false);
    }

    private static byte ParseKey(string key)
    {
        if (key.Length is 1 && char.IsAscii(key[0])) return (byte)key[0];
        if (key.Length is 6 && key.StartsWith("ctrl-", StringComparison.Ordinal))
        {
            var letter = key[5];
            if (char.IsAsciiLetterLower(letter)) return (byte)(letter - 'a' + 1);
            var index = "@[\\]^_".IndexOf(letter, StringComparison.Ordinal);
            if (index >= 0) return index is 0 ? (byte)0 : (byte)(26 + index);
        }

        throw new FormatException($"Unknown character: '{key}'");
    }
}
