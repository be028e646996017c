namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Goes through the lines of a text; each keeps its ending.</summary>
internal sealed class LineCursor(string text)
{
    private int _position;

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Number { get; private set; }

    public string Line { get; private set; } = "";

    public bool Read()
    {
        if (_position >= text.Length) return false;
        var end = text.IndexOf('\n', _position) + 1;
        if (end == 0) end = text.Length;
        Line = text[_position..end];
        _position = end;
        Number++;
        return true;
    }
}
