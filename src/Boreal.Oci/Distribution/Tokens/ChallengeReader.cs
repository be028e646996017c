using System.Text;

namespace Boreal.Oci.Distribution.Tokens;

/// <summary>Splits an authentication header into schemes (no value) and parameters (a value, quoted or plain).</summary>
internal sealed class ChallengeReader(string text)
{
    private int _position;

    /// <summary>False at the end, and at the first thing that is neither.</summary>
    public bool Next(out string name, out string? value)
    {
        Skip(", \t");
        name = Token();
        value = null;
        if (name.Length == 0)
            return false;

        var afterName = _position;
        Skip(" \t");
        if (_position >= text.Length || text[_position] != '=')
        {
            _position = afterName;
            return true;
        }
        _position++;
        Skip(" \t");
        value = _position < text.Length && text[_position] == '"' ? Quoted() : Token();
        return true;
    }

    private string Quoted()
    {
        var content = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] != '"'; _position++)
        {
            if (text[_position] == '\\' && _position + 1 < text.Length)
                _position++;
            content.Append(text[_position]);
        }
        _position = Math.Min(_position + 1, text.Length);
        return content.ToString();
    }

    private string Token()
    {
        var start = _position;
        while (_position < text.Length && !" \t,=\"".Contains(text[_position]))
            _position++;
        return text[start.._position];
    }

    private void Skip(string characters)
    {
        while (_position < text.Length && characters.Contains(text[_position]))
            _position++;
    }
}
